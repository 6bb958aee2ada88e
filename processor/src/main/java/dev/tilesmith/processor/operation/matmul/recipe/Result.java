package dev.tilesmith.processor.operation.matmul.recipe;

import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Epilogue;
import dev.tilesmith.processor.program.Epilogues;
import dev.tilesmith.processor.program.TileShape;

/** What becomes of the sums. */
public enum Result {
    /** Sums of f32s, as they are. */
    FLOATS("f32", "floating-point values") {
        @Override
        Epilogue epilogue(TileShape shape, Contraction contraction, boolean bias, boolean clamp) {
            return Epilogues.ofFloats(shape, contraction, bias, clamp);
        }
    },
    /** Of rows that have a scale and a zero point each: f32. */
    SCALED_BY_ROW("f32", "floating-point values") {
        @Override
        Epilogue epilogue(TileShape shape, Contraction contraction, boolean bias, boolean clamp) {
            return contraction.hasTotals()
                    ? Epilogues.ofTotals(shape, contraction, bias, clamp)
                    : Epilogues.ofSums(shape, contraction, bias, clamp);
        }
    },
    /** Of blocks that both sides have scales for, which totals already have in them: f32. */
    SCALED_IN_BLOCKS("f32", "floating-point values") {
        @Override
        Epilogue epilogue(TileShape shape, Contraction contraction, boolean bias, boolean clamp) {
            return Epilogues.ofScaledTotals(shape, contraction, bias, clamp);
        }
    },
    /** int8; the bias is part of what is added to every sum. */
    REQUANTIZED("int8, as XNNPACK's fp32 requantization", "results that are quantized") {
        @Override
        Epilogue epilogue(TileShape shape, Contraction contraction, boolean bias, boolean clamp) {
            return Epilogues.requantized(shape, contraction, clamp);
        }
    },
    /** The sums themselves, which have no bounds; the bias is part of what is added to every sum. */
    EXACT_SUMS("the exact sums", "exact sums of products") {
        @Override
        Epilogue epilogue(TileShape shape, Contraction contraction, boolean bias, boolean clamp) {
            return Epilogues.ofExactSums(shape, contraction);
        }
    };

    private final String explanation;
    private final String nature;

    Result(String explanation, String nature) {
        this.explanation = explanation;
        this.nature = nature;
    }

    /**
     * The operations on the sums of a tile.
     *
     * @param bias whether packing takes a bias
     * @param clamp whether a call may bound its results
     */
    abstract Epilogue epilogue(TileShape shape, Contraction contraction, boolean bias, boolean clamp);

    /** What a caller gets. */
    public String explanation() {
        return explanation;
    }

    /** What its format is for, as messages say it. */
    String nature() {
        return nature;
    }
}
