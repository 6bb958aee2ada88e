package dev.tilesmith.bench.peer;

import dev.tilesmith.bench.work.Operands;
import dev.tilesmith.bench.work.Shape;
import dev.tilesmith.bench.work.StaticScales;
import java.lang.foreign.MemorySegment;

/**
 * The two ends of a product, as an implementation takes them: f32, or bytes where the operands have scales for them.
 *
 * @param operands what was given
 * @param lhs m × k activations
 * @param dst m × n results
 * @param offset what bytes are more than signed ones
 */
record Ends(Operands operands, MemorySegment lhs, MemorySegment dst, int offset) {
    /** For an implementation that takes signed bytes. */
    static Ends signed(Operands operands) {
        return of(operands, 0);
    }

    /** For an implementation that takes unsigned bytes. */
    static Ends unsigned(Operands operands) {
        return of(operands, StaticScales.UNSIGNED);
    }

    private static Ends of(Operands operands, int offset) {
        final Shape shape = operands.shape();
        return operands.scales()
                .map(scales -> new Ends(
                        operands,
                        scales.lhs(operands.lhs(), offset),
                        StaticScales.bytes((long) shape.m() * shape.n()),
                        offset))
                .orElseGet(() -> new Ends(operands, operands.lhs(), operands.dst(), offset));
    }

    /** Whether both are bytes. */
    boolean bytes() {
        return operands.scales().isPresent();
    }

    /** The results in f32. */
    MemorySegment result() {
        return operands.scales()
                .map(scales -> scales.dequantized(dst, offset, operands.dst()))
                .orElse(dst);
    }
}
