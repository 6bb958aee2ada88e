package dev.tilesmith.processor.lower.x86;

import dev.tilesmith.kernel.layout.BlockCopies;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.processor.asm.MachineCode;
import dev.tilesmith.processor.asm.x86.TileConfiguration;
import dev.tilesmith.processor.lower.BlockPacker;
import dev.tilesmith.processor.lower.FamilyTiles;
import dev.tilesmith.processor.lower.MachineTarget;
import dev.tilesmith.processor.lower.RegisterModel;
import dev.tilesmith.processor.lower.RegisterModel.Engine;
import dev.tilesmith.processor.program.BlockEnd;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Decoding.Order;
import dev.tilesmith.processor.program.Multiplication;
import dev.tilesmith.processor.program.Product;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.processor.program.TileShape;
import dev.tilesmith.spec.Schedule;
import dev.tilesmith.spec.Schedule.Prefetch;
import dev.tilesmith.spec.Target;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Tile registers beside AVX-512 with dot products: weights of eight bits, four and two, over all of K or in blocks. Its panels are those of {@link
 * X86Target#AVX512_VNNI}, and so are the tiles that finish its sums, and that multiply by themselves where there are few rows.
 *
 * <p>BF16 they multiply as it is, in an order of their own: all of it, and however few the rows, for vectors have another.
 */
public enum AmxTarget implements MachineTarget, BlockPacker {
    /** AMX-TILE with AMX-INT8, or AMX-BF16. */
    AMX;

    private static final int REGISTERS = TileConfiguration.REGISTERS;

    /** Rows that vectors finish at once: half of their registers hold sums then, and half are free. */
    private static final int FINISHED_AT_ONCE = 8;

    /** Two of rows by two of columns. */
    private static final RegisterModel MODEL = new RegisterModel(
            "tmm",
            REGISTERS,
            Isa.AVX512.lanes(),
            Engine.TILE_REGISTERS,
            0,
            32,
            AmxRegisters.MOST_ROWS,
            AmxRegisters.MOST_ROWS,
            2);

    /** One of rows and of columns, whose sums of blocks take turns. */
    private static final RegisterModel OF_BLOCKS = new RegisterModel(
            "tmm",
            REGISTERS,
            Isa.AVX512.lanes(),
            Engine.TILE_REGISTERS,
            0,
            32,
            BlockCopies.LANES,
            BlockCopies.LANES,
            2);

    private static final Multiplication MULTIPLICATION =
            Multiplication.ofBytes(Product.DOT_OF_FOUR, Order.PART_BY_PART).andBf16(Product.BF16_DOT_BY_PARITY);

    /** A pass of the loop is a product. */
    private static final List<Schedule> BY_PRODUCT = Stream.of(Prefetch.values())
            .map(prefetch -> new Schedule(1, prefetch))
            .toList();

    private static final List<Contraction> OVER_ALL_OF_K = List.of(
            Contraction.int8(Product.DOT_OF_FOUR),
            Contraction.int4(Product.DOT_OF_FOUR, Order.PART_BY_PART, new BlockEnd.None()),
            Contraction.twoBits(Product.DOT_OF_FOUR, Order.PART_BY_PART));

    @Override
    public Target target() {
        return Target.AMX;
    }

    @Override
    public Multiplication multiplication() {
        return MULTIPLICATION;
    }

    @Override
    public boolean sums(Contraction contraction) {
        return OVER_ALL_OF_K.contains(contraction) || isOfBf16(contraction) || contraction.hasTotals();
    }

    private static boolean isOfBf16(Contraction contraction) {
        return contraction.isOfBf16(Product.BF16_DOT_BY_PARITY);
    }

    @Override
    public RegisterModel registers(Contraction contraction) {
        return contraction.hasTotals() ? OF_BLOCKS : MODEL;
    }

    @Override
    public List<Schedule> schedules(Contraction contraction) {
        return isOfBf16(contraction) ? BY_PRODUCT : X86Target.AVX512_VNNI.schedules(contraction);
    }

    /** Those of vectors: as tall as any that finishes, or multiplies by itself. */
    @Override
    public List<Program> programs(FamilyTiles tiles) {
        return IntStream.rangeClosed(1, FINISHED_AT_ONCE)
                .boxed()
                .flatMap(mr -> IntStream.rangeClosed(1, tiles.nr() / MODEL.lanes())
                        .mapToObj(wide -> new TileShape(mr, wide, MODEL.lanes())))
                .map(shape -> tiles.program(shape, MULTIPLICATION))
                .toList();
    }

    @Override
    public MachineCode assemble(int nr, List<Program> programs, Schedule schedule) {
        requireKnown(programs, schedule);
        programs.forEach(AmxTarget::requireSummed);
        return FamilyCode.assemble(Isa.AVX512, nr, programs, schedule, Multiplier.TILES_AND_VECTORS);
    }

    private static void requireSummed(Program program) {
        if (!AMX.sums(program.contraction())) {
            throw AmxOperands.unknown(program.contraction());
        }
    }

    @Override
    public MachineCode packer(PanelLayout layout) {
        return X86Target.AVX512_VNNI.packer(layout);
    }

    @Override
    public MachineCode quantizer(Contraction contraction) {
        return X86Target.AVX512_VNNI.quantizer(contraction);
    }
}
