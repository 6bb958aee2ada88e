package dev.tilesmith.bench;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * What a fork tells its parent besides times, which are all that JMH carries: a file that the parent names in a system
 * property.
 */
record ForkNote(Path file) {
    private static final String PROPERTY = "tilesmith.bench.note";

    /** How the preparation of a benchmark went. */
    enum Outcome {
        /** It computes the right thing; the text is the variant. */
        READY,
        /** It cannot run on this machine; the text says why. */
        UNAVAILABLE,
        /** It is wrong or broken; the text says how. */
        FAILED
    }

    /**
     * The note as it was read.
     *
     * @param outcome how it went
     * @param text the variant or the reason
     */
    record Content(Outcome outcome, String text) {}

    /** The note of the fork that this code runs in. */
    static ForkNote ofThisFork() {
        return new ForkNote(Path.of(System.getProperty(PROPERTY, "fork-note.properties")));
    }

    /** The option that makes a fork write this note. */
    String jvmOption() {
        return "-D" + PROPERTY + "=" + file.toAbsolutePath();
    }

    void write(Outcome outcome, String text) {
        final Properties properties = new Properties();
        properties.setProperty("outcome", outcome.name());
        properties.setProperty("text", text);
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the note and removes it, so that no later fork is taken for this one. */
    Content take() {
        if (!Files.exists(file)) {
            return new Content(Outcome.FAILED, "the fork ended before it was ready");
        }
        final Properties properties = new Properties();
        try {
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            }
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Content(
                Outcome.valueOf(properties.getProperty("outcome")), properties.getProperty("text", "no reason given"));
    }
}
