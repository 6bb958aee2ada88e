package dev.tilesmith.processor.product.recipe;

import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.model.Formats;
import dev.tilesmith.processor.program.BlockEnd;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Epilogue;
import dev.tilesmith.processor.program.Finish;
import dev.tilesmith.processor.program.Multiplication;
import dev.tilesmith.processor.program.Product;
import dev.tilesmith.processor.program.TileShape;
import dev.tilesmith.spec.Activation;
import dev.tilesmith.spec.Format;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** One combination of formats that has kernels: all that is done for it, but for how a target does it. */
public final class Recipe {
    private static final BlockEnd NO_BLOCKS = new BlockEnd.None();

    private final String name;
    private final Formats formats;
    private final LeftOperand lhs;
    private final RightOperand rhs;
    private final Completion completion;
    private final Result dst;
    private final Optional<Function<Product, Contraction>> fast;

    /**
     * A combination.
     *
     * @param name what it is called for short
     * @param formats the formats that declare it
     * @param lhs what becomes of the left operand
     * @param rhs the weights, and how they are multiplied
     * @param completion what becomes of the sums
     * @param dst what a caller gets
     */
    Recipe(String name, Formats formats, LeftOperand lhs, RightOperand rhs, Completion completion, Result dst) {
        this(name, formats, lhs, rhs, completion, dst, Optional.empty());
    }

    private Recipe(
            String name,
            Formats formats,
            LeftOperand lhs,
            RightOperand rhs,
            Completion completion,
            Result dst,
            Optional<Function<Product, Contraction>> fast) {
        this.name = name;
        this.formats = formats;
        this.lhs = lhs;
        this.rhs = rhs;
        this.completion = completion;
        this.dst = dst;
        this.fast = fast;
    }

    /** The same, which declarations may admit an order of a target's own for, if it has one: what is summed by its product. */
    Recipe orFast(Function<Product, Contraction> sums) {
        return new Recipe(name, formats, lhs, rhs, completion, dst, Optional.of(sums));
    }

    /** What it is called for short. */
    public String name() {
        return name;
    }

    /** The formats that declare it. */
    public Formats formats() {
        return formats;
    }

    /** What becomes of the left operand. */
    public LeftOperand lhs() {
        return lhs;
    }

    /** What a caller gets. */
    public Result dst() {
        return dst;
    }

    /** Whether both operands are all that there is to know of them, weights in floats. */
    public boolean isOfBareOperands() {
        return lhs.isBare() && rhs.isMadeOfFloats();
    }

    /** What weights a caller gives, in words. */
    public String weights() {
        return rhs.explanation();
    }

    /** Formats of the scales of blocks that may be declared, the default first; none where there are no such blocks. */
    public List<Format> scaleFormats() {
        return rhs.scales().stream().map(BlockScales::format).toList();
    }

    /**
     * The scales of blocks; nothing where there are no blocks with scales of their own.
     *
     * @param declared their format, if the declaration says it; it is one of {@link #scaleFormats}
     */
    public Optional<BlockScales> scales(Optional<Format> declared) {
        return rhs.scales().stream()
                .filter(scales -> declared.isEmpty() || declared.get() == scales.format())
                .findFirst();
    }

    /**
     * What is summed by a target that multiplies so, reproducibly; nothing if it has no code for such weights.
     *
     * @param scales the scales of blocks, where there are such
     */
    public Optional<Contraction> contraction(Multiplication multiplication, Optional<BlockScales> scales) {
        final BlockEnd end = scales.map(BlockScales::end).orElse(NO_BLOCKS);
        return multiplication.product(rhs.stored()).map(product -> rhs.sums().by(product, multiplication.order(), end));
    }

    /**
     * The same as a declaration of these formats wants it: {@code FAST} is what the target has an order of its own for, in which the bias comes
     * first; where it has none, what is reproducible.
     */
    public Optional<Contraction> contraction(Multiplication multiplication, Declaration declaration) {
        final Optional<Contraction> reproducible = contraction(multiplication, scales(declaration.scales()));
        return switch (declaration.numerics()) {
            case REPRODUCIBLE -> reproducible;
            case FAST ->
                inItsOwnOrder(multiplication)
                        .map(sums -> declaration.bias() ? sums.fromBiases() : sums)
                        .or(() -> reproducible);
        };
    }

    /** What is summed by a target in an order of its own; nothing if it has none for such operands. */
    public Optional<Contraction> inItsOwnOrder(Multiplication multiplication) {
        return fast.flatMap(sums -> multiplication.fast(rhs.stored()).map(sums));
    }

    /** What may be applied to results. */
    public Set<Activation> activations() {
        return completion.activations();
    }

    /**
     * What becomes of the sums of a tile.
     *
     * @param finish what is done with each result
     */
    public Epilogue epilogue(TileShape shape, Contraction contraction, Finish finish) {
        return completion.epilogue(shape, contraction, finish);
    }

    @Override
    public String toString() {
        return name;
    }
}
