package dev.tilesmith.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tilesmith.spec.Variant;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that nothing can have are refused by the name of what they were given for. */
final class NumbersRefusedTest {
    private static void assertRefused(String message, Runnable call) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }

    /** Only -1 is all of them. */
    @ParameterizedTest
    @ValueSource(ints = {-2, -5, Integer.MIN_VALUE})
    void negativeCountsOfRowsAndColumnsAreRefused(int count) {
        assertRefused(
                "rows: " + count + "; expected 0 or more, or -1 for all", () -> RunOptions.DEFAULT.rows(0, count));
        assertRefused(
                "columns: " + count + "; expected 0 or more, or -1 for all",
                () -> RunOptions.DEFAULT.columns(0, count));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE})
    void negativeFirstRowsAndColumnsAreRefused(int first) {
        assertRefused("firstRow: " + first + "; expected 0 or more", () -> RunOptions.DEFAULT.rows(first, 3));
        assertRefused("firstColumn: " + first + "; expected 0 or more", () -> RunOptions.DEFAULT.columns(first, 3));
    }

    /** -3 values of two bits take no byte, and -1 of four neither. */
    @ParameterizedTest
    @ValueSource(ints = {-1, -3, Integer.MIN_VALUE})
    void negativeColumnsOfWeightsAreRefused(int columns) {
        final String message = "columns: " + columns + "; expected 0 or more";
        assertRefused(message, () -> new Weights.Codes(columns, List.of(-2, -1, 0, 1)));
        assertRefused(message, () -> new Weights.Nibbles(columns, 8));
    }

    /** Memory that is not there: nobody reads it. */
    @SuppressWarnings("restricted")
    private static MemorySegment memory(long bytes) {
        return MemorySegment.ofAddress(64).reinterpret(bytes);
    }

    /** Q8_0 takes 34 bytes for 32 values: longer rows than an int counts. */
    @Test
    void blocksOfRowsLongerThanAnIntCountsAreRefused() {
        final int k = Integer.MAX_VALUE - 31;
        assertRefused(
                "k: 2147483616; rows of 2281701342 bytes in blocks of Q8_0 are longer than 2147483647",
                () -> Weights.ofBlocks(BlockLayout.Q8_0, memory(Long.MAX_VALUE), 0, 3, k));
        assertEquals(
                k,
                Weights.ofBlocks(BlockLayout.Q4_0, memory(Long.MAX_VALUE), 0, 3, k)
                        .k());
    }

    /** Q4_0 has 32 values in 18 bytes: more values than an int counts in a row of bytes. */
    @ParameterizedTest
    @EnumSource(
            value = BlockLayout.class,
            names = {"Q4_0", "Q4_1"})
    void rowsOfMoreValuesThanAnIntCountsAreRefused(BlockLayout blocks) {
        final int columns = Integer.MAX_VALUE / blocks.bytes() * blocks.bytes();
        final long values = columns / blocks.bytes() * 32L;
        assertRefused(
                "values: rows of " + columns + " bytes; " + values + " values in blocks of " + blocks
                        + " are more than 2147483647",
                () -> Weights.nByK(Matrix.ofBytes(memory(Long.MAX_VALUE), 3, columns), blocks));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "f32_f32_f32p32x1234567890123456_14x32_avx512vnni",
                "f32_f32_f32p32x1_1234567890123456x32_avx512vnni",
                "f32_f32_f32p32x1_14x1234567890123456_avx512vnni"
            })
    void aVariantWithNumbersThatNoTileHasIsRefused(String name) {
        assertRefused(
                "variant: '" + name + "' has the number 1234567890123456; no tile has more than 2147483647",
                () -> Variant.parse(name));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MAX_VALUE / 1_000_000_000L + 1})
    void aPoolThatIsToStayAwakeForAgesIsRefused(long seconds) {
        final Duration spin = Duration.ofSeconds(seconds);
        assertRefused("spin: " + spin + "; expected 0 to PT2562047H47M16.854775807S", () -> new SpinningPool(1, spin));
        assertRefused(
                "spin: PT-1S; expected 0 to PT2562047H47M16.854775807S",
                () -> new SpinningPool(1, Duration.ofSeconds(-1)));
    }
}
