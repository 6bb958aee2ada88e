package dev.tilesmith.sweep.operand;

import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Halves;
import dev.tilesmith.spec.SweptShape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Random operands of one product, off the heap and dense, the same for the same formats and shape. */
public final class Operands implements AutoCloseable {
    private final Arena arena;
    private final Matrix lhs;
    private final Weights weights;
    private final MemorySegment result;
    private final Matrix dst;

    private Operands(Arena arena, Formats formats, SweptShape shape) {
        final RandomValues random = new RandomValues(arena, seed(formats, shape));
        this.arena = arena;
        this.lhs = rows(random, formats, shape);
        this.weights = RandomWeights.of(random, formats, shape);
        this.result = random.room((long) shape.m() * shape.n() * elementBytes(formats));
        this.dst = new Matrix.Segment(result, elementBytes(formats), 0, shape.m(), shape.n(), shape.n());
    }

    private static int elementBytes(Formats formats) {
        return switch (formats.dst()) {
            case F32 -> Float.BYTES;
            case F16, BF16 -> Short.BYTES;
            case I32 -> Integer.BYTES;
            case QAI8 -> Byte.BYTES;
            case QAI8DX, QSI8D32, QSI8CX, QSI4CX, QSI4C32, QAI4C32, QSU2CX ->
                throw new IllegalArgumentException("dst: " + formats.dst() + "; no kernel has results of it");
        };
    }

    /**
     * Operands for a product.
     *
     * @throws IllegalArgumentException if no kernel has these formats, or the shape is not one for them
     */
    public static Operands random(Formats formats, SweptShape shape) {
        final Arena arena = Arena.ofShared();
        try {
            return new Operands(arena, formats, shape);
        } catch (RuntimeException | Error e) {
            arena.close();
            throw e;
        }
    }

    private static long seed(Formats formats, SweptShape shape) {
        return Arrays.asList(formats.name().hashCode(), shape.m(), shape.n(), shape.k())
                .hashCode();
    }

    private static Matrix rows(RandomValues random, Formats formats, SweptShape shape) {
        final int m = shape.m();
        final int k = shape.k();
        return switch (formats.lhs()) {
            case F32, QAI8DX, QSI8D32 -> Matrix.of(random.floats((long) m * k), m, k);
            case QAI8 -> Matrix.ofBytes(random.bytes((long) m * k), m, k);
            case F16 -> Matrix.ofShorts(random.halves((long) m * k, Halves.F16), m, k);
            case BF16 -> Matrix.ofShorts(random.halves((long) m * k, Halves.BF16), m, k);
            case I32, QSI8CX, QSI4CX, QSI4C32, QAI4C32, QSU2CX ->
                throw new IllegalArgumentException("lhs: " + formats.lhs() + "; no kernel has rows of it");
        };
    }

    /** The left operand. */
    public Matrix lhs() {
        return lhs;
    }

    /** The weights. */
    public Weights weights() {
        return weights;
    }

    /** Where results go. */
    public Matrix dst() {
        return dst;
    }

    /** The bytes of the results. */
    public MemorySegment result() {
        return result;
    }

    @Override
    public void close() {
        arena.close();
    }
}
