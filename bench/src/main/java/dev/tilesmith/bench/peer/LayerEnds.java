package dev.tilesmith.bench.peer;

import dev.tilesmith.bench.work.LayerOperands;
import dev.tilesmith.bench.work.StaticScales;
import java.lang.foreign.MemorySegment;

/**
 * The two ends of a layer, as an implementation takes them: f32, or bytes where the operands have scales for them.
 *
 * @param operands what was given
 * @param src activations
 * @param dst results
 * @param offset what bytes are more than signed ones
 */
record LayerEnds(LayerOperands operands, MemorySegment src, MemorySegment dst, int offset) {
    /** For an implementation that takes signed bytes. */
    static LayerEnds signed(LayerOperands operands) {
        return of(operands, 0);
    }

    /** For an implementation that takes unsigned bytes. */
    static LayerEnds unsigned(LayerOperands operands) {
        return of(operands, StaticScales.UNSIGNED);
    }

    private static LayerEnds of(LayerOperands operands, int offset) {
        return operands.int8()
                .map(int8 -> new LayerEnds(
                        operands,
                        int8.scales().lhs(operands.src(), offset),
                        StaticScales.bytes(operands.dst().byteSize() / Float.BYTES),
                        offset))
                .orElseGet(() -> new LayerEnds(operands, operands.src(), operands.dst(), offset));
    }

    /** The results in f32. */
    MemorySegment result() {
        return result(dst);
    }

    /** The same of results that lie elsewhere, in the same order. */
    MemorySegment result(MemorySegment results) {
        return operands.int8()
                .map(int8 -> int8.scales().dequantized(results, offset, operands.dst()))
                .orElse(results);
    }
}
