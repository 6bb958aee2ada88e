package dev.tilesmith.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SweptProductTest {
    static Stream<DispatchTable<? extends MatMulKernel>> tables() {
        return SweptTables.all();
    }

    @ParameterizedTest
    @MethodSource("tables")
    void everyVariantThatRunsHereIsMultiplied(DispatchTable<? extends MatMulKernel> table) {
        final long ran = table.usable().stream()
                .flatMap(kernel -> kernel.family().variants().stream())
                .peek(variant -> {
                    try (SweptProduct product = SweptProduct.of(table, variant.name(), "3x40x64")) {
                        product.run();
                        product.run();
                    }
                })
                .count();
        assertTrue(ran > 0);
    }

    @Test
    void coldWeightsTakeTurns() {
        final String variant =
                F32SweptKernels.best().family().variants().getFirst().name();
        try (SweptProduct product = SweptProduct.of(F32SweptKernels.table(), variant, "1x2048x4096-cold")) {
            for (int i = 0; i < 100; i++) {
                product.run();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"3x40x63", "3x40"})
    void shapesThatFormatsDoNotHaveAreNamed(String shape) {
        final String variant =
                Q8ZeroSweptKernels.best().family().variants().getFirst().name();
        final Exception refused = assertThrows(
                IllegalArgumentException.class, () -> SweptProduct.of(Q8ZeroSweptKernels.table(), variant, shape));
        assertTrue(refused.getMessage().startsWith("shape: "), refused.getMessage());
    }

    @Test
    void variantsThatTheTableLacksAreNamed() {
        final String other = "f32_f32_f32p17x1_3x17_scalar";
        final Exception refused = assertThrows(
                IllegalArgumentException.class, () -> SweptProduct.of(F32SweptKernels.table(), other, "1x1x1"));
        assertEquals(true, refused.getMessage().contains(other), refused.getMessage());
    }
}
