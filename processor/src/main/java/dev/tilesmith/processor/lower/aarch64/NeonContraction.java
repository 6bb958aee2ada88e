package dev.tilesmith.processor.lower.aarch64;

import dev.tilesmith.processor.program.BlockEnd;
import dev.tilesmith.processor.program.Contraction;

/** The contractions that the engines of Advanced SIMD implement. */
final class NeonContraction {
    private NeonContraction() {}

    /** Refuses a contraction that there is no code for. */
    static void requireImplemented(Contraction contraction) {
        final boolean implemented =
                switch (contraction.product()) {
                    case FMA -> contraction.isChainOfFloats(contraction.product());
                    case SIGNED_DOT_OF_FOUR, BLOCK_DOT -> isOfBytes(contraction);
                    case BF16_BLOCK_DOT -> contraction.isOfBf16(contraction.product());
                    case FMA_BY_COLUMN,
                            EXACT_FMA,
                            EXACT_FMA_BY_COLUMN,
                            BF16_DOT_BY_PARITY,
                            BF16_DOT_OF_PAIRS,
                            DOT_OF_PAIRS,
                            DOT_OF_FOUR,
                            DOT_OF_FOUR_BY_COLUMN,
                            DOT_OF_FOUR_BY_PAIRS,
                            OUTER_FMA,
                            OUTER_BF16_DOT,
                            OUTER_DOT -> false;
                };
        if (!implemented) {
            throw new IllegalArgumentException("no code of Advanced SIMD for " + contraction);
        }
    }

    private static boolean isOfBytes(Contraction contraction) {
        final boolean partByPart =
                switch (contraction.rhs().order()) {
                    case PART_BY_PART -> true;
                    case ALL_AT_ONCE -> false;
                };
        return partByPart
                && switch (contraction.rhs().stored()) {
                    case F32, F16, BF16 -> false;
                    case INT8 ->
                        beginsWithZero(contraction) && !scalesWeightsAlone(contraction) && !contraction.hasMinima();
                    case NIBBLES -> addsNothing(contraction) && begins(contraction);
                    case TWO_BITS -> beginsWithZero(contraction) && !contraction.hasTotals();
                }
                && hasEnd(contraction.end());
    }

    private static boolean beginsWithZero(Contraction contraction) {
        return switch (contraction.beginning()) {
            case ZERO -> true;
            case BIAS, RESULT, ROW -> false;
        };
    }

    /** Where blocks have minima, rows have the sums that these are multiplied with in place of what sums would begin with. */
    private static boolean begins(Contraction contraction) {
        return switch (contraction.beginning()) {
            case ZERO -> true;
            case ROW -> !contraction.hasMinima();
            case BIAS, RESULT -> false;
        };
    }

    private static boolean addsNothing(Contraction contraction) {
        return switch (contraction.rhs().addend()) {
            case NOTHING -> true;
            case PLUS_128, MINUS_8, SMALLEST -> false;
        };
    }

    private static boolean scalesWeightsAlone(Contraction contraction) {
        return contraction.hasTotals() && !contraction.scalesRows();
    }

    /** Scales of weights alone are BF16 or binary32, those of both sides binary16. */
    private static boolean hasEnd(BlockEnd end) {
        return switch (end) {
            case BlockEnd.None _ -> true;
            case BlockEnd.OfWeights(BlockEnd.Scale scale) ->
                switch (scale) {
                    case BF16, F32 -> true;
                    case F16 -> false;
                };
            case BlockEnd.OfBoth(BlockEnd.Scale scale, boolean _) ->
                switch (scale) {
                    case F16 -> true;
                    case BF16, F32 -> false;
                };
        };
    }
}
