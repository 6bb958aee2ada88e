package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** f32: every variant that runs here against the reference. */
final class F32ConformanceTest extends KernelConformance {
    F32ConformanceTest() {
        super(Formats.F32);
    }

    @Test
    void aWrongBitIsSeen() {
        final float[] expected = {1f, 2f, Float.NaN};
        final float[] wrong = {1f, Math.nextUp(2f), Float.NaN};
        assertThrows(AssertionError.class, () -> Bits.assertEqual(expected, wrong, 3, "probe"));
        Bits.assertEqual(expected, new float[] {1f, 2f, Float.intBitsToFloat(0x7fc12345)}, 3, "probe");
    }
}
