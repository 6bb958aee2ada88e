package dev.tilesmith.processor.product.recipe;

/**
 * What a caller gets. Tiles write f32 where results have 16 bits: the runtime rounds them, and so the {@link Completion} of sums knows
 * nothing of it.
 */
public enum Result {
    /** f32. */
    F32("f32", "floating-point values"),
    /** f32, rounded to binary16 by the runtime. */
    F16("f16", "floating-point values"),
    /** f32, rounded to BF16 by the runtime. */
    BF16("bf16", "floating-point values"),
    /** int8, in quantized terms that are known beforehand. */
    INT8("int8, as XNNPACK's fp32 requantization", "results that are quantized"),
    /** The sums themselves. */
    SUMS("the exact sums", "exact sums of products");

    private final String explanation;
    private final String nature;

    Result(String explanation, String nature) {
        this.explanation = explanation;
        this.nature = nature;
    }

    /** What a caller gets, in words. */
    public String explanation() {
        return explanation;
    }

    /** What its format is for, as messages say it. */
    String nature() {
        return nature;
    }
}
