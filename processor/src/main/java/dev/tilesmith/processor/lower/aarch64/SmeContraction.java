package dev.tilesmith.processor.lower.aarch64;

import dev.tilesmith.processor.program.BlockEnd;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Decoding;
import dev.tilesmith.processor.program.Program;
import java.util.List;

/** The contractions that outer products implement, and SME2's way for a single row. */
final class SmeContraction {
    private SmeContraction() {}

    /** Refuses programs that there is no code for, and such as cannot share what is set once in a function. */
    static void requireImplemented(List<Program> programs) {
        for (final Program program : programs) {
            final Contraction contraction = program.contraction();
            final boolean implemented =
                    switch (contraction.product()) {
                        case OUTER_FMA, FMA -> contraction.isChainOfFloats(contraction.product());
                        case OUTER_BF16_DOT -> contraction.isOfBf16(contraction.product());
                        case OUTER_DOT, SIGNED_DOT_OF_FOUR -> isOfBytes(contraction);
                        case FMA_BY_COLUMN,
                                EXACT_FMA,
                                EXACT_FMA_BY_COLUMN,
                                BF16_DOT_BY_PARITY,
                                BF16_DOT_OF_PAIRS,
                                BF16_BLOCK_DOT,
                                DOT_OF_PAIRS,
                                DOT_OF_FOUR,
                                DOT_OF_FOUR_BY_COLUMN,
                                DOT_OF_FOUR_BY_PAIRS,
                                BLOCK_DOT -> false;
                    };
            if (!implemented) {
                throw new IllegalArgumentException("no outer-product code for " + contraction);
            }
            final Decoding first = programs.getFirst().contraction().rhs();
            if (!contraction.rhs().equals(first)) {
                throw new IllegalArgumentException("programs: one panel is " + first + " and " + contraction.rhs());
            }
        }
    }

    /** What is added to nibbles in memory comes off as they are loaded, so that sums begin with zero. */
    private static boolean isOfBytes(Contraction contraction) {
        final boolean zero =
                switch (contraction.beginning()) {
                    case ZERO -> true;
                    case BIAS, RESULT, ROW -> false;
                };
        return zero
                && switch (contraction.rhs().stored()) {
                    case F32, F16, BF16 -> false;
                    case INT8 -> hasEndOfBytes(contraction.end());
                    case NIBBLES -> isAllAtOnce(contraction.rhs()) && hasEndOfNibbles(contraction.end());
                    case TWO_BITS -> isAllAtOnce(contraction.rhs()) && !contraction.hasTotals();
                };
    }

    private static boolean isAllAtOnce(Decoding rhs) {
        return switch (rhs.order()) {
            case ALL_AT_ONCE -> true;
            case PART_BY_PART -> false;
        };
    }

    private static boolean hasEndOfBytes(BlockEnd end) {
        return switch (end) {
            case BlockEnd.None _ -> true;
            case BlockEnd.OfWeights _ -> false;
            case BlockEnd.OfBoth(BlockEnd.Scale scale, boolean minima) -> scale == BlockEnd.Scale.F16 && !minima;
        };
    }

    /** Scales of weights alone are BF16 or binary32, those of both sides binary16. */
    private static boolean hasEndOfNibbles(BlockEnd end) {
        return switch (end) {
            case BlockEnd.None _ -> true;
            case BlockEnd.OfWeights(BlockEnd.Scale scale) -> scale != BlockEnd.Scale.F16;
            case BlockEnd.OfBoth(BlockEnd.Scale scale, boolean _) -> scale == BlockEnd.Scale.F16;
        };
    }
}
