package dev.tilesmith.processor.emit;

import dev.tilesmith.processor.model.Declaration;
import dev.tilesmith.processor.plan.FamilyPlan;
import dev.tilesmith.processor.plan.RegisterModel;
import dev.tilesmith.processor.plan.SupportedFormats;
import dev.tilesmith.processor.program.BlockEnd;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Decoding.Order;
import dev.tilesmith.processor.program.Epilogue;
import dev.tilesmith.processor.program.Epilogues;
import dev.tilesmith.processor.program.Product;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.processor.program.TileShape;
import dev.tilesmith.spec.Format;
import java.util.List;
import java.util.stream.IntStream;

/** The programs of one family, as its target wants them. */
public final class TilePrograms {
    private final Declaration declaration;
    private final FamilyPlan plan;

    /** The programs of {@code plan}'s family of {@code declaration}. */
    public TilePrograms(Declaration declaration, FamilyPlan plan) {
        this.declaration = declaration;
        this.plan = plan;
    }

    /** The tiles, for the last columns of a result narrower ones, and for few rows wider ones. */
    public List<Program> ofEveryWidth() {
        return plan.mrs().stream()
                .flatMap(mr -> IntStream.rangeClosed(1, plan.vectors() * panelsAtOnce(mr))
                        .mapToObj(vectors -> tile(mr, vectors)))
                .toList();
    }

    private int panelsAtOnce(int mr) {
        return declaration.lhs() == Format.F32 ? RegisterModel.of(plan.target()).panelsAtOnce(mr, plan.nr()) : 1;
    }

    /** The tiles. */
    public List<Program> ofFullWidth() {
        return plan.mrs().stream().map(this::tile).toList();
    }

    /** The tile of so many rows. */
    public Program tile(int mr) {
        return tile(mr, plan.vectors());
    }

    /**
     * Outer products of two vectors of rows by two of columns, and of one by four; where blocks have totals beside their
     * sums, of one by two.
     */
    public List<Program> outer() {
        if (SupportedFormats.hasBlocks(declaration.rhs())) {
            return List.of(outer(1, 2));
        }
        return List.of(outer(2, 2), outer(1, 4));
    }

    /** One row by four vectors of columns. */
    public Program row() {
        return tile(1, 4);
    }

    private Program outer(int rowVectors, int vectors) {
        final TileShape shape = new TileShape(rowVectors * plan.lanes(), vectors, plan.lanes());
        return program(shape, contraction(declaration.lhs() == Format.F32 ? Product.OUTER_FMA : Product.OUTER_DOT));
    }

    private Program tile(int mr, int vectors) {
        return program(new TileShape(mr, vectors, plan.lanes()), contraction());
    }

    /** What the tiles sum, but for outer products. */
    Contraction contraction() {
        return contraction(declaration.lhs() == Format.F32 ? Product.FMA : product());
    }

    private Program program(TileShape shape, Contraction contraction) {
        return new Program(shape, contraction, epilogue(shape, contraction));
    }

    private Contraction contraction(Product product) {
        return switch (declaration.rhs()) {
            case F32 -> Contraction.f32(product);
            case QSI8CX -> Contraction.int8(product);
            case QSI4CX -> Contraction.int4(product, order(), new BlockEnd.None());
            case QSI4C32 -> Contraction.int4(product, order(), blockEnd());
            case QSU2CX -> Contraction.twoBits(product, order());
            case QAI4C32 -> Contraction.unsignedInt4(product, order(), new BlockEnd.OfBoth(BlockEnd.Scale.F16, true));
            case QSI8D32 -> Contraction.int8(product, new BlockEnd.OfBoth(BlockEnd.Scale.F16, false));
            case F16, BF16, I32, QAI8, QAI8DX ->
                throw new IllegalArgumentException("rhs: " + declaration.rhs() + " has no code");
        };
    }

    private BlockEnd blockEnd() {
        if (declaration.lhs() == Format.QSI8D32) {
            return new BlockEnd.OfBoth(BlockEnd.Scale.F16, false);
        }
        return new BlockEnd.OfWeights(declaration.scales() == Format.BF16 ? BlockEnd.Scale.BF16 : BlockEnd.Scale.F32);
    }

    private Epilogue epilogue(TileShape shape, Contraction contraction) {
        final boolean bias = declaration.bias();
        final boolean clamp = declaration.clamp();
        return switch (declaration.lhs()) {
            case F32 -> Epilogues.ofFloats(shape, contraction, bias, clamp);
            case QAI8DX ->
                contraction.hasTotals()
                        ? Epilogues.ofTotals(shape, contraction, bias, clamp)
                        : Epilogues.ofSums(shape, contraction, bias, clamp);
            case QSI8D32 -> Epilogues.ofScaledTotals(shape, contraction, bias, clamp);
            case QAI8 ->
                declaration.dst() == Format.QAI8
                        ? Epilogues.requantized(shape, contraction, clamp)
                        : Epilogues.ofExactSums(shape, contraction);
            case F16, BF16, I32, QSI8CX, QSI4CX, QSI4C32, QAI4C32, QSU2CX ->
                throw new IllegalArgumentException("lhs: " + declaration.lhs() + " has no code");
        };
    }

    /** Whether sums begin with what rows have for it. */
    boolean beginsWithRow() {
        return contraction().beginsWithRow();
    }

    /** How values of which a byte holds several are multiplied. */
    private Order order() {
        return switch (plan.target()) {
            case SME, SME2 -> Order.ALL_AT_ONCE;
            case SCALAR,
                    VECTOR_128,
                    VECTOR_256,
                    VECTOR_512,
                    AVX2,
                    AVX_VNNI,
                    AVX512,
                    AVX512_VNNI,
                    NEON_DOTPROD,
                    NEON_I8MM -> Order.PART_BY_PART;
        };
    }

    /** How integers are multiplied. Without VNNI products of bytes are added in pairs, where a byte of weights has several. */
    private Product product() {
        return switch (plan.target()) {
            case SCALAR, VECTOR_128, VECTOR_256, VECTOR_512 -> Product.EXACT_FMA;
            case AVX2, AVX512 ->
                SupportedFormats.isInt4(declaration.rhs()) || SupportedFormats.hasTable(declaration.rhs())
                        ? Product.DOT_OF_FOUR_BY_PAIRS
                        : Product.DOT_OF_PAIRS;
            case AVX_VNNI, AVX512_VNNI -> Product.DOT_OF_FOUR;
            case NEON_DOTPROD, SME, SME2 -> Product.SIGNED_DOT_OF_FOUR;
            case NEON_I8MM -> Product.BLOCK_DOT;
        };
    }
}
