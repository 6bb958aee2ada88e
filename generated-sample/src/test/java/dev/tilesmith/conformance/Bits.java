package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.fail;

/** Equality of results: by bits, any NaN being equal to any NaN. */
final class Bits {
    private Bits() {}

    static void assertEqual(float[] expected, float[] actual, int columns, String what) {
        for (int i = 0; i < expected.length; i++) {
            // floatToIntBits gives one pattern for every NaN
            if (Float.floatToIntBits(expected[i]) != Float.floatToIntBits(actual[i])) {
                fail("%s: row %d column %d is %s (0x%08x); the reference gives %s (0x%08x)"
                        .formatted(
                                what,
                                i / columns,
                                i % columns,
                                actual[i],
                                Float.floatToRawIntBits(actual[i]),
                                expected[i],
                                Float.floatToRawIntBits(expected[i])));
            }
        }
    }
}
