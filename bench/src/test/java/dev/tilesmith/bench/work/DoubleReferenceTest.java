package dev.tilesmith.bench.work;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.reference.F32Reference;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DoubleReferenceTest {
    private static final double TOLERANCE = Operation.F32_MATMUL.tolerance();

    private final Shape shape = new Shape(3, 5, 7);
    private final Operands operands = Operands.random(shape);
    private final DoubleReference reference = new DoubleReference(operands);

    @Test
    void theF32ReferencePasses() {
        assertTrue(reference.findError(product(), TOLERANCE).isEmpty());
    }

    @Test
    void whatWasNeverWrittenFails() {
        assertTrue(reference.findError(operands.dst(), TOLERANCE).isPresent());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 14})
    void oneWrongResultFails(int at) {
        final MemorySegment dst = product();
        dst.setAtIndex(ValueLayout.JAVA_FLOAT, at, Operands.get(dst, at) + 0.01f);
        assertTrue(reference.findError(dst, TOLERANCE).isPresent());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 14})
    void oneNanFails(int at) {
        final MemorySegment dst = product();
        dst.setAtIndex(ValueLayout.JAVA_FLOAT, at, Float.NaN);
        assertTrue(reference.findError(dst, TOLERANCE).isPresent());
    }

    @Test
    void theWeightsTheOtherWayRoundAreTheSameWeights() {
        final MemorySegment byK = operands.weightsByK();
        for (int j = 0; j < shape.n(); j++) {
            for (int p = 0; p < shape.k(); p++) {
                assertTrue(Operands.get(byK, (long) p * shape.n() + j)
                        == Operands.get(operands.weights(), (long) j * shape.k() + p));
            }
        }
    }

    private MemorySegment product() {
        return MemorySegment.ofArray(F32Reference.multiply(
                Matrix.of(operands.lhs(), shape.m(), shape.k()),
                Weights.nByK(Matrix.of(operands.weights(), shape.n(), shape.k())),
                Float.NEGATIVE_INFINITY,
                Float.POSITIVE_INFINITY));
    }
}
