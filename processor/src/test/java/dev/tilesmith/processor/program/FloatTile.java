package dev.tilesmith.processor.program;

import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** The operands of a tile whose results are f32s: what becomes of these is the same for all programs. */
abstract class FloatResults implements Interpreter.Operands {
    final Program program;

    /** mr × nr. */
    final float[] result;

    FloatResults(Program program) {
        this.program = program;
        this.result = new float[program.mr() * program.nr()];
    }

    /** A value for each lane of a vector. */
    final int[] lanes(IntUnaryOperator lane) {
        return IntStream.range(0, program.lanes()).map(lane).toArray();
    }

    @Override
    public final void store(Cell cell, int[] lanes) {
        for (int lane = 0; lane < lanes.length; lane++) {
            result[cell.row() * program.nr() + cell.vector() * program.lanes() + lane] =
                    Float.intBitsToFloat(lanes[lane]);
        }
    }

    @Override
    public final float clampMin() {
        return -0.5f;
    }

    @Override
    public final float clampMax() {
        return 0.75f;
    }
}
