package dev.tilesmith.processor.product.recipe;

import dev.tilesmith.processor.product.model.Formats;
import dev.tilesmith.processor.program.BlockEnd;
import dev.tilesmith.processor.program.BlockEnd.OfBoth;
import dev.tilesmith.processor.program.BlockEnd.OfWeights;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Decoding.Stored;
import dev.tilesmith.spec.Format;
import java.util.List;
import java.util.Optional;

/** Every combination of formats that has kernels. The one place that names formats. */
public final class Recipes {
    private static final RightOperand F32 = ofFloats("f32", Stored.F32);

    private static final RightOperand F16 = ofFloats("f16, or f32", Stored.F16);

    private static final RightOperand BF16 = ofFloats("bf16, or f32", Stored.BF16);

    private static final RightOperand INT8 = new RightOperand(
            "int8 with a scale for each channel, or f32",
            Stored.INT8,
            List.of(),
            (product, order, end) -> Contraction.int8(product));

    private static final RightOperand BARE_INT8 =
            new RightOperand("int8", Stored.INT8, List.of(), (product, order, end) -> Contraction.int8(product));

    private static final RightOperand INT4 = new RightOperand(
            "int4 with a scale for each channel, or f32", Stored.NIBBLES, List.of(), Contraction::int4);

    private static final RightOperand INT4_IN_BLOCKS = new RightOperand(
            "int4 with a scale for each 32, 64, 128 or 256 values along K (`scales`), or f32",
            Stored.NIBBLES,
            List.of(
                    new BlockScales(Format.BF16, new OfWeights(BlockEnd.Scale.BF16)),
                    new BlockScales(Format.F32, new OfWeights(BlockEnd.Scale.F32))),
            Contraction::int4);

    private static final RightOperand TWO_BITS = new RightOperand(
            "two bits that choose from a table of four int8 values, with a scale for each channel",
            Stored.TWO_BITS,
            List.of(),
            (product, order, end) -> Contraction.twoBits(product, order));

    private static final RightOperand Q4_0 = new RightOperand(
            "Q4_0: int4 with a scale in F16 for each 32, or f32", Stored.NIBBLES, paired(false), Contraction::int4);

    private static final RightOperand Q4_1 = new RightOperand(
            "Q4_1: int4 with a scale and a minimum in F16 for each 32, or f32",
            Stored.NIBBLES,
            paired(true),
            Contraction::unsignedInt4);

    private static final RightOperand Q8_0 = new RightOperand(
            "Q8_0: int8 with a scale in F16 for each 32, or f32",
            Stored.INT8,
            paired(false),
            (product, order, end) -> Contraction.int8(product, end));

    private static final List<Recipe> ALL = List.of(
            floats("f32", Format.F32, LeftOperand.AS_IT_LIES, Format.F32, F32, Result.F32),
            floats("f16 weights", Format.F32, LeftOperand.AS_IT_LIES, Format.F16, F16, Result.F32),
            floats("bf16 weights", Format.F32, LeftOperand.AS_IT_LIES, Format.BF16, BF16, Result.F32),
            floats("f16", Format.F16, LeftOperand.F16, Format.F16, F16, Result.F32),
            floats("bf16", Format.BF16, LeftOperand.BF16, Format.BF16, BF16, Result.F32)
                    .orFast(Contraction::bf16),
            floats("all f16", Format.F16, LeftOperand.F16, Format.F16, F16, Result.F16),
            floats("all bf16", Format.BF16, LeftOperand.BF16, Format.BF16, BF16, Result.BF16)
                    .orFast(Contraction::bf16),
            byRow("int8", Format.QSI8CX, INT8, Result.F32),
            byRow("int8 to f16", Format.QSI8CX, INT8, Result.F16),
            byRow("int8 to bf16", Format.QSI8CX, INT8, Result.BF16),
            byRow("int4", Format.QSI4CX, INT4, Result.F32),
            byRow("int4 to f16", Format.QSI4CX, INT4, Result.F16),
            byRow("int4 to bf16", Format.QSI4CX, INT4, Result.BF16),
            byRow("int4 in blocks", Format.QSI4C32, INT4_IN_BLOCKS, Result.F32),
            byRow("int4 in blocks to f16", Format.QSI4C32, INT4_IN_BLOCKS, Result.F16),
            byRow("int4 in blocks to bf16", Format.QSI4C32, INT4_IN_BLOCKS, Result.BF16),
            byRow("two bits", Format.QSU2CX, TWO_BITS, Result.F32),
            inBlocks("Q4_0", Format.QSI4C32, Q4_0),
            inBlocks("Q4_1", Format.QAI4C32, Q4_1),
            inBlocks("Q8_0", Format.QSI8D32, Q8_0),
            ofStaticRows("static int8", Format.QSI8CX, INT8, Completion.REQUANTIZED, Result.INT8),
            ofStaticRows("static int4", Format.QSI4CX, INT4, Completion.REQUANTIZED, Result.INT8),
            ofStaticRows("sums of int8", Format.QSI8CX, BARE_INT8, Completion.EXACT_SUMS, Result.SUMS));

    private Recipes() {}

    /** All of them. */
    public static List<Recipe> all() {
        return ALL;
    }

    /** The formats of all of them. */
    public static List<Formats> formats() {
        return ALL.stream().map(Recipe::formats).toList();
    }

    /** The recipe of three formats; nothing if no kernel has them together. */
    public static Optional<Recipe> of(Formats formats) {
        return ALL.stream().filter(recipe -> recipe.formats().equals(formats)).findFirst();
    }

    private static Recipe floats(
            String name, Format lhs, LeftOperand rows, Format rhs, RightOperand weights, Result dst) {
        return new Recipe(name, new Formats(lhs, rhs, format(dst)), rows, weights, Completion.FLOATS, dst);
    }

    private static Recipe byRow(String name, Format rhs, RightOperand weights, Result dst) {
        final Formats formats = new Formats(Format.QAI8DX, rhs, format(dst));
        return new Recipe(name, formats, LeftOperand.QUANTIZED_BY_ROW, weights, Completion.SCALED_BY_ROW, dst);
    }

    private static Recipe inBlocks(String name, Format rhs, RightOperand weights) {
        final Formats formats = new Formats(Format.QSI8D32, rhs, format(Result.F32));
        final Completion completion = Completion.SCALED_IN_BLOCKS;
        return new Recipe(name, formats, LeftOperand.QUANTIZED_IN_BLOCKS, weights, completion, Result.F32);
    }

    private static Recipe ofStaticRows(
            String name, Format rhs, RightOperand weights, Completion completion, Result dst) {
        final Formats formats = new Formats(Format.QAI8, rhs, format(dst));
        return new Recipe(name, formats, LeftOperand.STATIC, weights, completion, dst);
    }

    /** What declarations call it. */
    private static Format format(Result result) {
        return switch (result) {
            case F32 -> Format.F32;
            case F16 -> Format.F16;
            case BF16 -> Format.BF16;
            case INT8 -> Format.QAI8;
            case SUMS -> Format.I32;
        };
    }

    private static RightOperand ofFloats(String explanation, Stored stored) {
        return new RightOperand(
                explanation, stored, List.of(), (product, order, end) -> Contraction.floats(product, stored));
    }

    /** Scales of blocks that rows have scales for too. */
    private static List<BlockScales> paired(boolean minima) {
        return List.of(new BlockScales(Format.F16, new OfBoth(BlockEnd.Scale.F16, minima)));
    }
}
