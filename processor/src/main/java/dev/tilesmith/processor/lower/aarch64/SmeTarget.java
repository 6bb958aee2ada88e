package dev.tilesmith.processor.lower.aarch64;

import dev.tilesmith.processor.asm.MachineCode;
import dev.tilesmith.processor.lower.FamilyTiles;
import dev.tilesmith.processor.lower.MachineTarget;
import dev.tilesmith.processor.lower.RegisterModel;
import dev.tilesmith.processor.lower.RegisterModel.Engine;
import dev.tilesmith.processor.program.BeforeBlock;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Decoding.Order;
import dev.tilesmith.processor.program.Decoding.Stored;
import dev.tilesmith.processor.program.Multiplication;
import dev.tilesmith.processor.program.Product;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.processor.program.TileShape;
import dev.tilesmith.spec.Schedule;
import dev.tilesmith.spec.Target;
import java.util.List;
import java.util.stream.Stream;

/** The targets for Arm's outer products. */
public enum SmeTarget implements MachineTarget {
    /** Outer products alone. */
    SME(Target.SME, SmeIsa.SME) {
        @Override
        public List<Program> programs(FamilyTiles tiles) {
            return outer(tiles).toList();
        }
    },
    /** With products of one row by four vectors of columns besides. */
    SME2(Target.SME2, SmeIsa.SME2) {
        @Override
        public List<Program> programs(FamilyTiles tiles) {
            return Stream.concat(outer(tiles), ofRow(tiles)).toList();
        }
    };

    /** Columns of a panel: four vectors of 512 bits, so that few rows fill all tiles of ZA too. */
    private static final int COLUMNS = 64;

    /** Rows that are packed together: two vectors of 512 bits. */
    private static final int ROWS = 32;

    /** Tiles of 32-bit sums that ZA has, all of which are used whatever the rows and columns. */
    private static final int ZA_TILES = 4;

    private static final int ROW_VECTORS = 4;

    private static final RegisterModel REGISTERS =
            new RegisterModel("za", ZA_TILES, COLUMNS, Engine.OUTER_PRODUCT, 0, COLUMNS, ROWS, ROWS, 1);

    private static final Multiplication BY_ROW = Multiplication.ofBytes(Product.SIGNED_DOT_OF_FOUR, Order.ALL_AT_ONCE)
            .andFloats(Product.FMA)
            .andBf16(Product.OUTER_BF16_DOT);

    private static final Multiplication OUTER = Multiplication.ofBytes(Product.OUTER_DOT, Order.ALL_AT_ONCE)
            .andFloats(Product.OUTER_FMA)
            .andBf16(Product.OUTER_BF16_DOT);

    private final Target target;
    private final SmeIsa isa;

    SmeTarget(Target target, SmeIsa isa) {
        this.target = target;
        this.isa = isa;
    }

    @Override
    public Target target() {
        return target;
    }

    /** Of a row, but where it is BF16 as it is: outer products are as many together along K. */
    @Override
    public Multiplication multiplication() {
        return BY_ROW;
    }

    @Override
    public RegisterModel registers(Contraction contraction) {
        return REGISTERS;
    }

    /**
     * Outer products of two vectors of rows by two of columns, and of one by four; where blocks have totals beside their
     * sums, of one by two.
     */
    private static Stream<Program> outer(FamilyTiles tiles) {
        return tiles.contraction().hasTotals()
                ? Stream.of(outer(tiles, 1, 2))
                : Stream.of(outer(tiles, 2, 2), outer(tiles, 1, 4));
    }

    /** A row by itself; outer products alone add pairs of BF16 in their order. */
    private static Stream<Program> ofRow(FamilyTiles tiles) {
        return tiles.contraction().product().isOuter()
                ? Stream.empty()
                : Stream.of(tiles.program(new TileShape(1, ROW_VECTORS, COLUMNS), BY_ROW));
    }

    private static Program outer(FamilyTiles tiles, int rowVectors, int vectors) {
        return tiles.program(new TileShape(rowVectors * COLUMNS, vectors, COLUMNS), OUTER);
    }

    @Override
    public MachineCode assemble(int nr, List<Program> programs, Schedule schedule) {
        requireKnown(programs, schedule);
        return SmeFamilyCode.assemble(isa, nr, programs);
    }

    @Override
    public MachineCode quantizer(Contraction contraction) {
        final Stored stored = contraction.rhs().stored();
        if (contraction.scalesRows()) {
            return BlockQuantizerCode.assembleForAnyGroup(BeforeBlock.of(contraction), stored == Stored.NIBBLES);
        }
        return switch (stored) {
            case F32, F16, BF16 -> throw new IllegalArgumentException("no rows are quantized for " + contraction);
            case INT8, TWO_BITS ->
                QuantizerCode.assembleForAnyGroup(contraction.product().along());
            case NIBBLES -> QuantizerCode.assembleInterleaved();
        };
    }
}
