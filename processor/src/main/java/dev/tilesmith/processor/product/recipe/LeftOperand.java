package dev.tilesmith.processor.product.recipe;

/**
 * What becomes of the left operand before it is multiplied, and how messages and the README say it. The runtime, which has no
 * words for declarations, has the same cases by a name of its own, {@code dev.tilesmith.kernel.layout.LhsFormat}: recipes know
 * nothing of how rows lie there, and a test holds each case to the other.
 */
public enum LeftOperand {
    /** Nothing: rows are read where they lie. */
    AS_IT_LIES("f32", "floating-point values"),
    /** A row of binary16 is widened. */
    F16("f16", "floating-point values"),
    /** A row of BF16 is widened. */
    BF16("bf16", "floating-point values"),
    /** A row is quantized as it comes, by a scale and a zero point of its own. */
    QUANTIZED_BY_ROW(
            "f32, quantized row by row as KleidiAI and XNNPACK (qp8) do",
            "activations that are quantized when the kernel runs"),
    /** A row is quantized as it comes, each block along K by a scale of its own. */
    QUANTIZED_IN_BLOCKS(
            "f32, quantized in blocks of 32 as ggml's Q8_0",
            "activations that are quantized in blocks when the kernel runs"),
    /** It was quantized beforehand, all of it by one scale and zero point. */
    STATIC("int8 of one scale and zero point", "activations that were quantized before");

    private final String explanation;
    private final String nature;

    LeftOperand(String explanation, String nature) {
        this.explanation = explanation;
        this.nature = nature;
    }

    /** Whether its values are all that there is to know of it. */
    boolean isBare() {
        return switch (this) {
            case AS_IT_LIES, F16, BF16, QUANTIZED_BY_ROW, QUANTIZED_IN_BLOCKS -> true;
            case STATIC -> false;
        };
    }

    /** What a caller gives, and what is done with it. */
    public String explanation() {
        return explanation;
    }

    /** What its format is for, as messages say it. */
    String nature() {
        return nature;
    }
}
