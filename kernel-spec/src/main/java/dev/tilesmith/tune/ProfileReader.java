package dev.tilesmith.tune;

import dev.tilesmith.cpu.CacheSizes;
import dev.tilesmith.cpu.CpuFeature;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the text of a profile. Whoever wrote it may want harm: what is taken is bounded before it is looked at, and each line
 * tells one fact that is in range and that no other line tells.
 */
final class ProfileReader {
    static final String VERSION_LINE = "tilesmith-profile 1";
    static final int MOST_CHARACTERS = 1 << 20;
    static final int LONGEST_LINE = 500;
    static final int LONGEST_SOURCE = 200;

    private static final String NAME = "tilesmith-profile ";
    private static final Set<Fact> REQUIRED = Set.of(Fact.CPU, Fact.CACHES, Fact.JDK, Fact.SOURCE);

    /** Lines by what they tell, whatever they tell of it. */
    private final Map<String, Integer> lines = new HashMap<>();

    private String cpu = "";
    private String signature = "";
    private Set<CpuFeature> features = Set.of();
    private CacheSizes caches = CacheSizes.DEFAULT;
    private int jdk;
    private String source = "";
    private final List<Setting> settings = new ArrayList<>();
    private final List<Pick> picks = new ArrayList<>();

    private ProfileReader() {}

    /** All that a profile tells. */
    record Facts(Machine machine, String source, List<Setting> settings, List<Pick> picks) {}

    /**
     * What a text tells.
     *
     * @throws ProfileRefusedException if it is no profile
     */
    static Facts read(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw new ProfileRefusedException(
                    "it has more than " + MOST_CHARACTERS + " characters; expected no more than that");
        }
        if (text.isEmpty()) {
            throw new ProfileRefusedException("line 1: nothing; expected '" + VERSION_LINE + "'");
        }
        final ProfileReader reader = new ProfileReader();
        int number = 1;
        for (int start = 0; start < text.length(); number++) {
            final int end = text.indexOf('\n', start);
            final String line = text.substring(start, end < 0 ? text.length() : end);
            try {
                requireLine(line, end >= 0);
                reader.line(line, number);
            } catch (IllegalArgumentException e) {
                throw new ProfileRefusedException("line " + number + ": " + e.getMessage(), e);
            }
            start += line.length() + 1;
        }
        return reader.facts(number - 1);
    }

    private static void requireLine(String line, boolean isEnded) {
        for (int i = 0; i < Math.min(line.length(), LONGEST_LINE); i++) {
            if (!PlainText.isPlain(line.charAt(i))) {
                throw new IllegalArgumentException("the character %#04x at column %d; expected printable ASCII alone%s"
                        .formatted(
                                (int) line.charAt(i), i + 1, line.charAt(i) == '\r' ? ", lines that end with LF" : ""));
            }
        }
        if (line.length() > LONGEST_LINE) {
            throw new IllegalArgumentException(
                    line.length() + " characters; expected at most " + LONGEST_LINE + " in a line");
        }
        if (!isEnded) {
            throw new IllegalArgumentException(
                    PlainText.quoted(line) + " is cut off; expected every line to end with LF");
        }
    }

    private void line(String line, int number) {
        if (number == 1) {
            requireVersion(line);
        } else if (!line.isEmpty() && line.charAt(0) != '#') {
            fact(new LineWords(line), number);
        }
    }

    private static void requireVersion(String line) {
        if (!line.equals(VERSION_LINE)) {
            throw new IllegalArgumentException(
                    line.startsWith(NAME)
                            ? "version " + PlainText.quoted(line.substring(NAME.length()))
                                    + "; expected 1, the only one that this release of Tilesmith reads"
                            : PlainText.quoted(line) + "; expected '" + VERSION_LINE + "'");
        }
    }

    private void fact(LineWords words, int number) {
        final Fact fact = Fact.of(words.next("a word for what the line tells"));
        switch (fact) {
            case CPU -> cpu = Machine.readName(fact, words);
            case SIGNATURE -> signature = Machine.readName(fact, words);
            case FEATURES -> features = Machine.readFeatures(words);
            case CACHES -> caches = Machine.readCaches(words);
            case JDK -> jdk = Machine.readJdk(words);
            case SOURCE -> source = PlainText.check("source", words.rest("how it is known"), LONGEST_SOURCE);
            case TUNE -> settings.add(Setting.read(words));
            case PICK -> picks.add(Pick.read(words));
        }
        final String told = fact.word()
                + switch (fact) {
                    case CPU, SIGNATURE, FEATURES, CACHES, JDK, SOURCE -> "";
                    case TUNE -> " " + settings.getLast().place();
                    case PICK -> " " + picks.getLast().question();
                };
        final Integer before = lines.putIfAbsent(told, number);
        if (before != null) {
            throw new IllegalArgumentException(
                    "'" + told + "' is told in line " + before + " already; expected it once");
        }
    }

    private Facts facts(int number) {
        for (final Fact fact : Fact.values()) {
            if (REQUIRED.contains(fact) && !lines.containsKey(fact.word())) {
                throw new ProfileRefusedException(
                        "line " + number + ": no line '" + fact.word() + "' up to the end; expected one");
            }
        }
        return new Facts(new Machine(cpu, signature, features, caches, jdk), source, settings, picks);
    }
}
