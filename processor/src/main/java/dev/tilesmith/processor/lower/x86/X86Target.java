package dev.tilesmith.processor.lower.x86;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.processor.asm.MachineCode;
import dev.tilesmith.processor.lower.BlockPacker;
import dev.tilesmith.processor.lower.FamilyTiles;
import dev.tilesmith.processor.lower.LineGrouper;
import dev.tilesmith.processor.lower.MachineTarget;
import dev.tilesmith.processor.lower.RegisterModel;
import dev.tilesmith.processor.lower.RegisterModel.Engine;
import dev.tilesmith.processor.program.BeforeBlock;
import dev.tilesmith.processor.program.BlockEnd;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Decoding.Order;
import dev.tilesmith.processor.program.Decoding.Stored;
import dev.tilesmith.processor.program.Element;
import dev.tilesmith.processor.program.Multiplication;
import dev.tilesmith.processor.program.Product;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.processor.program.TileShape;
import dev.tilesmith.spec.Schedule;
import dev.tilesmith.spec.Schedule.Prefetch;
import dev.tilesmith.spec.Target;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The targets for x86-64. Without dot products int8 is multiplied as pairs of 16 bits, and what a byte holds several of by
 * products of bytes that are added in pairs. f32 has code for one target of each width alone: others differ from that in dot
 * products.
 */
public enum X86Target implements MachineTarget, BlockPacker, LineGrouper {
    /** AVX2 and FMA. */
    AVX2(Target.AVX2, Isa.AVX2, ofPairs().andFloats(Product.FMA), new Needs(2, 6), new Needs(4, 5), new Needs(6, 4)),
    /** The same with dot products of bytes. */
    AVX_VNNI(Target.AVX_VNNI, Isa.AVX_VNNI, ofDots(), new Needs(2, 6), new Needs(2, 6), new Needs(4, 5)),
    /** AVX-512 F, BW, DQ, VL. */
    AVX512(Target.AVX512, Isa.AVX512, ofPairs(), new Needs(2, 7), new Needs(4, 13), new Needs(6, 12)),
    /** The same with dot products of bytes. */
    AVX512_VNNI(
            Target.AVX512_VNNI,
            Isa.AVX512,
            ofDots().andFloats(Product.FMA),
            new Needs(2, 7),
            new Needs(2, 7),
            new Needs(4, 13)),
    /** The same with dot products of BF16, and for nothing else. */
    AVX512_BF16(
            Target.AVX512_BF16,
            Isa.AVX512,
            Multiplication.ofBf16(Product.BF16_DOT_OF_PAIRS),
            Needs.NONE,
            Needs.NONE,
            Needs.NONE);

    /** 16 registers; bounding results takes a second one beside the broadcast value. The argument block has seven masks. */
    private static final RegisterModel VEX =
            new RegisterModel("ymm", 16, 8, Engine.BROADCAST, 2, 16, 6, DenseRows.MOST, 7);

    /** 32 registers; of the mask registers k2 to k7 are kept for columns. */
    private static final RegisterModel EVEX =
            new RegisterModel("zmm", 32, 16, Engine.BROADCAST, 1, 32, 14, DenseRows.MOST, 6);

    /** A loop of floats or of int8 takes so many steps at once. */
    private static final List<Schedule> STEPS = schedules(1, 2, 4);

    /** A loop of weights in blocks takes a group of several steps as it is. */
    private static final List<Schedule> GROUPS = schedules(1);

    /** A loop over taps goes as it goes. */
    private static final List<Schedule> DEFAULT = List.of(Schedule.DEFAULT);

    private final Target target;
    private final Isa isa;
    private final Multiplication multiplication;
    private final Needs blocks;
    private final Needs nibbles;
    private final Needs twoBits;

    /**
     * What weights take beside those of f32 and int8.
     *
     * @param turns registers for a mask, constants and tables, and for what is used and forgotten
     * @param bestMr rows of the tallest tile that measured best with that, and with totals
     */
    private record Needs(int turns, int bestMr) {
        /** Of a target without code for them. */
        static final Needs NONE = new Needs(0, 0);
    }

    X86Target(Target target, Isa isa, Multiplication multiplication, Needs blocks, Needs nibbles, Needs twoBits) {
        this.target = target;
        this.isa = isa;
        this.multiplication = multiplication;
        this.blocks = blocks;
        this.nibbles = nibbles;
        this.twoBits = twoBits;
    }

    private static Multiplication ofPairs() {
        return Multiplication.ofBytes(Product.DOT_OF_PAIRS, Product.DOT_OF_FOUR_BY_PAIRS, Order.PART_BY_PART);
    }

    private static Multiplication ofDots() {
        return Multiplication.ofBytes(Product.DOT_OF_FOUR, Order.PART_BY_PART);
    }

    @Override
    public Target target() {
        return target;
    }

    @Override
    public Multiplication multiplication() {
        return multiplication;
    }

    /** f32, and bytes by dot products, which take columns that the function of lines has laid together. */
    @Override
    public Optional<Product> productByColumn(Stored stored) {
        return switch (this) {
            case AVX512_VNNI ->
                switch (stored) {
                    case F32 -> Optional.of(Product.FMA_BY_COLUMN);
                    case INT8 -> Optional.of(Product.DOT_OF_FOUR_BY_COLUMN);
                    case F16, BF16, NIBBLES, TWO_BITS -> Optional.empty();
                };
            case AVX2, AVX_VNNI, AVX512, AVX512_BF16 -> Optional.empty();
        };
    }

    @Override
    public RegisterModel registers(Contraction contraction) {
        return switch (contraction.rhs().stored()) {
            case F32, F16, BF16 -> registers();
            case INT8 -> contraction.hasTotals() ? registers(blocks) : registers();
            case NIBBLES -> registers(nibbles).withBlockEnd(blockEnd(contraction));
            case TWO_BITS -> registers(twoBits);
        };
    }

    /** What the end of a block takes of weights of four bits: a mask, a product, a scale, and a minimum where there are any. */
    private static int blockEnd(Contraction contraction) {
        return switch (contraction.end()) {
            case BlockEnd.None _, BlockEnd.OfWeights _ -> 0; // scales are where weights were
            case BlockEnd.OfBoth both -> both.minima() ? 4 : 3;
        };
    }

    private RegisterModel registers() {
        return switch (isa) {
            case AVX2, AVX_VNNI -> VEX;
            case AVX512 -> EVEX;
        };
    }

    private RegisterModel registers(Needs needs) {
        return registers().with(needs.turns(), needs.bestMr());
    }

    private static List<Schedule> schedules(int... unrolls) {
        return IntStream.of(unrolls)
                .boxed()
                .flatMap(unroll -> Stream.of(Prefetch.values()).map(prefetch -> new Schedule(unroll, prefetch)))
                .toList();
    }

    /** Every tile has them all: the steps of a pass use the same registers. */
    @Override
    public List<Schedule> schedules(Contraction contraction) {
        if (isByColumn(contraction)) {
            return DEFAULT;
        }
        return switch (contraction.rhs().stored()) {
            case F32, F16, BF16 -> STEPS;
            case INT8 -> contraction.hasTotals() ? GROUPS : STEPS;
            case NIBBLES, TWO_BITS -> GROUPS;
        };
    }

    /** The tiles, narrower ones for the last columns of a result, and of floats wider ones for few rows. */
    @Override
    public List<Program> programs(FamilyTiles tiles) {
        final RegisterModel registers = registers(tiles.contraction());
        final int vectors = tiles.nr() / registers.lanes();
        return tiles.mrs().stream()
                .flatMap(mr -> IntStream.rangeClosed(1, vectors * panelsAtOnce(tiles, mr))
                        .mapToObj(wide -> new TileShape(mr, wide, registers.lanes())))
                .map(shape -> tiles.program(shape, multiplication))
                .toList();
    }

    private int panelsAtOnce(FamilyTiles tiles, int mr) {
        return tiles.contraction().lhs() == Element.F32 ? registers().panelsAtOnce(mr, tiles.nr()) : 1;
    }

    @Override
    public MachineCode assemble(int nr, List<Program> programs, Schedule schedule) {
        requireKnown(programs, schedule);
        final Contraction contraction = programs.getFirst().contraction();
        if (isByColumn(contraction)) {
            requireByColumn(contraction);
            return contraction.rhs().stored().isFloat()
                    ? DepthwiseF32Code.assemble(isa, nr, programs)
                    : DepthwiseInt8Code.assemble(isa, nr, programs);
        }
        return FamilyCode.assemble(isa, nr, programs, schedule, Multiplier.VECTORS);
    }

    @Override
    public MachineCode quantizer(Contraction contraction) {
        if (contraction.scalesRows()) {
            return BlockQuantizerCode.assemble(isa, BeforeBlock.of(contraction), contraction.bytesTogether());
        }
        return switch (contraction.rhs().stored()) {
            case F32, F16, BF16 -> throw new IllegalArgumentException("no rows are quantized for " + contraction);
            case INT8 -> QuantizerCode.assemble(isa, contraction.lhs() == Element.I16 ? Short.BYTES : Byte.BYTES);
            case NIBBLES, TWO_BITS -> QuantizerCode.assembleForBlocks(isa);
        };
    }

    @Override
    public MachineCode lines(Contraction contraction) {
        requireByColumn(contraction);
        return DepthwiseLinesCode.assemble(isa, contraction);
    }

    private void requireByColumn(Contraction contraction) {
        final Optional<Product> product = productByColumn(contraction.rhs().stored());
        if (product.isEmpty() || product.get() != contraction.product()) {
            throw new IllegalArgumentException("no depthwise code of " + target + " for " + contraction);
        }
    }

    private static boolean isByColumn(Contraction contraction) {
        return contraction.product().isByColumn();
    }

    @Override
    public MachineCode packer(PanelLayout layout) {
        return BlockPackerCode.assemble(isa, layout);
    }
}
