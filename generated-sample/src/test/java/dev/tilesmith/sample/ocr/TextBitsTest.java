package dev.tilesmith.sample.ocr;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tilesmith.sample.layers.Kernels;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What both networks give, to the last bit: the same on every CPU, with vectors of any length and without. Runs in the JVM of the build, and
 * in JVMs held to less.
 */
class TextBitsTest {
    @Test
    void whatIsFoundIsTheSameBitsEverywhere() throws Exception {
        assertDigest(
                "270d62ce2327de25f9a4f87c881b68880ee55884e013686f4bdb942ac784f3f5",
                OcrNetwork.finder().onKernels(Kernels.f32()),
                noise(64, 32));
    }

    @Test
    void whatIsReadIsTheSameBitsEverywhere() throws Exception {
        assertDigest(
                "2abc4dc07cd67598c94b4cc832c97eb53b327b4057f8919f3e206a0ff1736d88",
                OcrNetwork.reader().onKernels(Kernels.f32()),
                noise(64, 48));
    }

    @Test
    void whatIsReadInInt8IsTheSameBitsEverywhere() throws Exception {
        assertDigest(
                "4ecf2e81ef705708b160eed9848acd4bc8b9fdf3be131ed3e897ed03a399220f",
                OcrNetwork.reader().onKernels(Kernels.int8()),
                noise(64, 48));
    }

    private static void assertDigest(String expected, Model network, RgbImage image) throws Exception {
        assertEquals(expected, digest(network.run(image).values()));
    }

    private static RgbImage noise(int width, int height) {
        final Random random = new Random(1);
        return new RgbImage(
                width, height, random.ints((long) width * height, 0, 0x1000000).toArray());
    }

    private static String digest(float[] values) throws NoSuchAlgorithmException {
        final ByteBuffer bits = ByteBuffer.allocate(values.length * Float.BYTES);
        for (final float value : values) {
            bits.putInt(Float.floatToIntBits(value));
        }
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bits.array()));
    }
}
