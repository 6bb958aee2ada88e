package dev.tilesmith.processor.asm.x86;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tilesmith.processor.asm.x86.TileConfiguration.Size;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not said by a configuration is zero, or loading it is a fault. */
final class TileConfigurationTest {
    @Test
    void sizesAreWhereTheManualHasThem() {
        final List<Size> sizes = IntStream.rangeClosed(1, 8)
                .mapToObj(register -> new Size(2 * register, 8 * register - 3))
                .toList();
        final byte[] expected = new byte[64];
        expected[0] = 1;
        for (int register = 0; register < 8; register++) {
            expected[16 + 2 * register] = (byte) (8 * register + 5);
            expected[48 + register] = (byte) (2 * register + 2);
        }
        assertArrayEquals(expected, new TileConfiguration(sizes).bytes());
    }

    @Test
    void theLargestHave1024Bytes() {
        assertEquals(
                Collections.nCopies(8, new Size(16, 64)),
                TileConfiguration.largest().registers());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 9})
    void thereAreEightRegisters(int count) {
        final List<Size> sizes = Collections.nCopies(count, Size.LARGEST);
        assertThrows(IllegalArgumentException.class, () -> new TileConfiguration(sizes));
    }

    @ParameterizedTest
    @CsvSource({"0, 64", "17, 64", "16, 0", "16, 65"})
    void noRegisterHasOtherSizes(int rows, int rowBytes) {
        assertThrows(IllegalArgumentException.class, () -> new Size(rows, rowBytes));
    }
}
