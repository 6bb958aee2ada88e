package dev.tilesmith.sweep.operand;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.processor.product.recipe.Recipe;
import dev.tilesmith.processor.product.recipe.Recipes;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Weights.Halves;
import dev.tilesmith.spec.SweptShape;
import dev.tilesmith.sweep.SweptTables;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class OperandsTest {
    private static final SweptShape SHAPE = SweptShape.parse("7x65x96");

    @Test
    void everyRecipeHasSome() {
        assertEquals(
                Recipes.all().stream()
                        .map(Recipe::formats)
                        .map(Object::toString)
                        .collect(Collectors.toSet()),
                tables().map(table -> Formats.of(table.best().family()).toString())
                        .collect(Collectors.toSet()));
    }

    static Stream<DispatchTable<? extends MatMulKernel>> tables() {
        return SweptTables.all();
    }

    @ParameterizedTest
    @MethodSource("tables")
    void allFamiliesComputeTheSameOfThem(DispatchTable<? extends MatMulKernel> table) {
        final Formats formats = Formats.of(table.best().family());
        try (Operands operands = Operands.random(formats, SHAPE)) {
            final Set<Integer> results = table.usable().stream()
                    .map(kernel -> multiply(kernel, operands))
                    .collect(Collectors.toSet());
            assertEquals(1, results.size(), formats + " differ");
            assertVaried(formats, operands.result());
        }
    }

    private static int multiply(MatMulKernel kernel, Operands operands) {
        operands.result().fill((byte) 0);
        try (PackedCopies weights = PackedCopies.of(kernel, operands.weights(), SHAPE)) {
            kernel.run(operands.lhs(), weights.next(), operands.dst());
        }
        return operands.result().asByteBuffer().hashCode();
    }

    /** Results that are all alike, not finite or at their bounds would hide mistakes. */
    private static void assertVaried(Formats formats, MemorySegment result) {
        final double[] values =
                switch (formats.dst()) {
                    case F32 -> values(result, Float.BYTES, i -> result.getAtIndex(ValueLayout.JAVA_FLOAT, i));
                    case I32 -> values(result, Integer.BYTES, i -> result.getAtIndex(ValueLayout.JAVA_INT, i));
                    case QAI8 -> values(result, Byte.BYTES, i -> result.get(ValueLayout.JAVA_BYTE, i));
                    case F16 -> halves(result, Halves.F16);
                    case BF16 -> halves(result, Halves.BF16);
                    case QAI8DX, QSI8D32, QSI8CX, QSI4CX, QSI4C32, QAI4C32, QSU2CX -> throw new AssertionError(formats);
                };
        final long distinct = java.util.Arrays.stream(values).distinct().count();
        assertTrue(distinct > 60, formats + ": only " + distinct + " results are different");
        for (final double value : values) {
            assertTrue(Double.isFinite(value), formats + ": " + value);
        }
    }

    private static double[] halves(MemorySegment result, Halves halves) {
        return values(result, Short.BYTES, i -> halves.widen(result.getAtIndex(ValueLayout.JAVA_SHORT, i)));
    }

    private static double[] values(MemorySegment result, int bytes, java.util.function.LongToDoubleFunction at) {
        return LongStream.range(0, result.byteSize() / bytes).mapToDouble(at).toArray();
    }

    @ParameterizedTest
    @MethodSource("tables")
    void theSameShapeHasTheSame(DispatchTable<? extends MatMulKernel> table) {
        final Formats formats = Formats.of(table.best().family());
        try (Operands once = Operands.random(formats, SHAPE);
                Operands again = Operands.random(formats, SHAPE)) {
            assertEquals(multiply(table.best(), once), multiply(table.best(), again));
        }
    }
}
