package dev.tilesmith.processor;

import com.google.testing.compile.JavaFileObjects;
import javax.tools.JavaFileObject;

/**
 * A source file of the package {@code example} in which a marker stands right before a place that matters.
 *
 * @param file the file
 * @param line line of the place, from 1
 * @param column column of the place, from 1
 */
record MarkedSource(JavaFileObject file, long line, long column) {
    static final String MARKER = "/*!*/";

    private static final String HEADER = """
        package example;
        import static dev.tilesmith.spec.Format.*;
        import static dev.tilesmith.spec.Target.*;
        import dev.tilesmith.runtime.MatMulKernel;
        import dev.tilesmith.spec.Activation;
        import dev.tilesmith.spec.MatMul;
        import dev.tilesmith.spec.Numerics;
        import dev.tilesmith.spec.Schedule.Prefetch;
        import dev.tilesmith.spec.Sweep;
        import dev.tilesmith.spec.Tiles;
        """;

    /** The line that the body of a source begins on, from 1. */
    static final long FIRST_LINE = HEADER.lines().count() + 1;

    /** The source of {@code example.<type>}, without its package and the imports of Tilesmith. */
    static MarkedSource of(String type, String body) {
        final String source = HEADER + body;
        final int marker = source.indexOf(MARKER);
        if (marker < 0 || source.indexOf(MARKER, marker + 1) >= 0) {
            throw new IllegalArgumentException("body: expected one " + MARKER + " in\n" + body);
        }
        final int place = marker + MARKER.length();
        final String before = source.substring(0, place);
        return new MarkedSource(file(type, body), before.lines().count(), place - before.lastIndexOf('\n'));
    }

    /** The same without a place that matters. */
    static JavaFileObject file(String type, String body) {
        return JavaFileObjects.forSourceString("example." + type, HEADER + body);
    }
}
