package dev.tilesmith.kernel.packing;

import dev.tilesmith.runtime.BlockWeights;
import dev.tilesmith.runtime.PlainWeights;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Codes;
import dev.tilesmith.runtime.Weights.Elements;
import dev.tilesmith.runtime.Weights.Halves;
import dev.tilesmith.runtime.Weights.Nibbles;

/** What the values of {@link Weights} are, and what messages call it. */
enum ValueKind {
    F32("f32 weights", "f32 (a float[] or a segment of floats)"),
    F16("F16 weights", "F16 (16 bits with Weights.Halves.F16)"),
    BF16("BF16 weights", "BF16 (16 bits with Weights.Halves.BF16)"),
    INT8("weights of eight bits", "int8 (a byte[] or Matrix.ofBytes)"),
    INT4("weights of four bits", "four bits (with Weights.Nibbles)"),
    INT2("weights of two bits", "two bits (with Weights.Codes)"),
    Q4_0("blocks of Q4_0", "blocks of Q4_0"),
    Q4_1("blocks of Q4_1", "blocks of Q4_1"),
    Q8_0("blocks of Q8_0", "blocks of Q8_0"),
    INT16("int16 weights", "int16"),
    INT32("int32 weights", "int32");

    private final String noun;
    private final String given;

    ValueKind(String noun, String given) {
        this.noun = noun;
        this.given = given;
    }

    static ValueKind of(Weights weights) {
        return switch (weights) {
            case PlainWeights plain ->
                switch (plain.encoding()) {
                    case Elements elements -> of(elements);
                    case Halves halves -> of(halves);
                    case Nibbles _ -> INT4;
                    case Codes _ -> INT2;
                };
            case BlockWeights inBlocks ->
                switch (inBlocks.blocks()) {
                    case Q4_0 -> Q4_0;
                    case Q4_1 -> Q4_1;
                    case Q8_0 -> Q8_0;
                };
        };
    }

    private static ValueKind of(Elements elements) {
        return switch (elements) {
            case F32 -> F32;
            case INT8 -> INT8;
            case INT16 -> INT16;
            case INT32 -> INT32;
        };
    }

    private static ValueKind of(Halves halves) {
        return switch (halves) {
            case F16 -> F16;
            case BF16 -> BF16;
        };
    }

    /** Weights of this kind: the subject of a sentence. */
    String noun() {
        return noun;
    }

    /** What is given where a kernel takes this kind. */
    String given() {
        return given;
    }
}
