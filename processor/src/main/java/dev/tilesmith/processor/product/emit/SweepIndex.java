package dev.tilesmith.processor.product.emit;

import dev.tilesmith.processor.model.Subject;
import dev.tilesmith.processor.product.model.SweepRequest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The resource by which a sweep finds the declarations that ask for one: a line with the version, then a shape a line. */
final class SweepIndex {
    private static final String FOLDER = "META-INF/tilesmith/sweeps/";
    private static final String VERSION = "tilesmith-sweep 1";

    private final Subject subject;
    private final SweepRequest sweep;

    SweepIndex(Subject subject, SweepRequest sweep) {
        this.subject = subject;
        this.sweep = sweep;
    }

    /** Its name: that of the declaration, as the JVM has it, in a folder. */
    String name() {
        return FOLDER + subject.binaryName();
    }

    String text() {
        return Stream.concat(Stream.of(VERSION), sweep.shapes().stream())
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }
}
