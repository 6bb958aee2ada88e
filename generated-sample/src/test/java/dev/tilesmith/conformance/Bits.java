package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.fail;

/** Equality of results: by bits, any NaN being equal to any NaN. */
final class Bits {
    private Bits() {}

    static void assertEqual(float[] expected, float[] actual, int columns, String what) {
        assertEqual(Element.F32, Element.bits(expected), Element.bits(actual), columns, what);
    }

    /** Compares results as {@link Element#bits} gives them, in rows of {@code columns}. */
    static void assertEqual(Element element, int[] expected, int[] actual, int columns, String what) {
        if (expected.length != actual.length) {
            fail("%s: %d results; the reference gives %d".formatted(what, actual.length, expected.length));
        }
        for (int i = 0; i < expected.length; i++) {
            if (expected[i] != actual[i]) {
                fail("%s: row %d column %d is %s; the reference gives %s"
                        .formatted(what, i / columns, i % columns, element.show(actual[i]), element.show(expected[i])));
            }
        }
    }
}
