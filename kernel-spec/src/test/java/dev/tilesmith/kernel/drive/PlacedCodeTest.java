package dev.tilesmith.kernel.drive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Base64;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

final class PlacedCodeTest {
    private static final int SIZE = 100_000;

    private static String packed(byte[] code) {
        final Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(code);
        deflater.finish();
        final byte[] out = new byte[2 * SIZE];
        final int size = deflater.deflate(out);
        deflater.end();
        return Base64.getEncoder().encodeToString(Arrays.copyOf(out, size));
    }

    @Test
    void partsFollowEachOther() {
        final byte[] code = new byte[SIZE];
        for (int i = 0; i < SIZE; i++) {
            code[i] = (byte) ((i * i) >> 3);
        }
        final String packed = packed(code);
        assertArrayEquals(code, new PlacedCode(packed).bytes());
        assertArrayEquals(code, new PlacedCode(packed.substring(0, 7), packed.substring(7)).bytes());
    }

    @Test
    void whatNoProcessorWroteIsRefused() {
        final String packed = packed(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
        final PlacedCode cut = new PlacedCode(packed.substring(0, 8));
        assertEquals(
                "code ends before its end; it must be what the processor wrote",
                assertThrows(IllegalArgumentException.class, cut::bytes).getMessage());
        final PlacedCode other = new PlacedCode(Base64.getEncoder().encodeToString(new byte[] {7, 7, 7}));
        assertEquals(
                "code is not deflated; it must be what the processor wrote",
                assertThrows(IllegalArgumentException.class, other::bytes).getMessage());
    }
}
