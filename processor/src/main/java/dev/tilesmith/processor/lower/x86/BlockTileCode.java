package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.DEC;
import static dev.tilesmith.processor.asm.x86.Op.JE;
import static dev.tilesmith.processor.asm.x86.Op.JNE;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.TEST;
import static dev.tilesmith.processor.asm.x86.Op.VPADDD;
import static dev.tilesmith.processor.asm.x86.Op.VPADDW;
import static dev.tilesmith.processor.asm.x86.Op.VPBROADCASTD;
import static dev.tilesmith.processor.asm.x86.Op.VPDPBUSD;
import static dev.tilesmith.processor.asm.x86.Op.VPMADDUBSW;
import static dev.tilesmith.processor.asm.x86.Op.VPMADDWD;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.BLOCKS_LEFT;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.COUNT;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.FETCH;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.RHS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.RHS_AT;

import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.Vec;
import dev.tilesmith.processor.lower.PanelColumns;
import dev.tilesmith.processor.program.BlockEnd;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Decoding;
import dev.tilesmith.processor.program.Element;
import dev.tilesmith.processor.program.Product;
import dev.tilesmith.processor.program.Program;
import java.util.Arrays;

/**
 * The code of one tile of weights of four bits, or of two, or of weights in blocks. It is entered and left as {@link Int8TileCode} is,
 * and takes all of K, in blocks, {@value PanelLayout#INT4_GROUP} values at a time.
 *
 * <p>The weights are the unsigned operand of the dot products, the rows the signed one. Without VNNI the products of a
 * byte with four bits are added in pairs of 16 bits, two pairs at once: {@code 4 * 15 * 128} does not saturate. What two
 * bits stand for may be any byte, of which a pair of products may: so it is taken as the sum of two halves, of which {@code
 * 2 * 128 * 128} with a negative sign is the most. Weights of eight bits are multiplied as pairs of 16 bits there.
 */
final class BlockTileCode implements TileCode, EarlierSums.Tile {
    /** So few rows are bound by loads, where moving another pointer counts: they fetch so far ahead of what they read. */
    private static final int FEW_ROWS = 2;

    private static final int AHEAD = 10 << 10;

    private static final int GROUP = PanelLayout.INT4_GROUP;
    private static final int ONES = 0x00010001;

    private final Assembler asm;
    private final Isa isa;
    private final Program program;
    private final LhsRows rows;
    private final Contraction contraction;
    private final int panelColumns;
    private final FetchAhead ahead;
    private final EarlierSums earlier;
    private final int kr;
    private final int valueBytes;
    private final int steps;
    private final WeightBits bits;
    private final BlockRegisters registers;
    private final BlockTotals totals;
    private final TileFinish finish;

    /**
     * The code of one tile.
     *
     * @param rows those of the left operand
     * @param panelColumns columns of a panel, which may be more than the tile's: those beyond are skipped
     * @param earlier sums that it goes on from, where all of K is one block; else totals
     */
    BlockTileCode(
            Assembler asm,
            Isa isa,
            Program program,
            LhsRows rows,
            int panelColumns,
            FetchAhead ahead,
            EarlierSums earlier) {
        this.asm = asm;
        this.isa = isa;
        this.program = program;
        this.rows = rows;
        this.panelColumns = panelColumns;
        this.ahead = ahead;
        this.earlier = earlier;
        this.contraction = program.contraction();
        requireKnown(isa, contraction);
        this.kr = contraction.product().along();
        this.valueBytes = Integer.BYTES / contraction.lhs().perWord();
        this.bits = WeightBits.of(asm, isa, program, panelColumns);
        this.steps = GROUP / (bits.parts() * kr);
        this.registers = new BlockRegisters(isa, program, bits);
        this.totals = new BlockTotals(asm, isa, program, rows, panelColumns, registers);
        this.finish = new TileFinish(asm, isa, program, rows);
    }

    /** Refuses what is not summed here. */
    private static void requireKnown(Isa isa, Contraction contraction) {
        final boolean bytes =
                contraction.lhs() == Element.I8 && contraction.rhs().element() == Element.U8;
        final boolean multiplies =
                switch (contraction.product()) {
                    case DOT_OF_FOUR -> isa.hasDotProducts() && bytes;
                    case DOT_OF_FOUR_BY_PAIRS ->
                        bytes && contraction.rhs().stored().parts() > 1;
                    case DOT_OF_PAIRS -> true;
                    case FMA,
                            FMA_BY_COLUMN,
                            EXACT_FMA,
                            EXACT_FMA_BY_COLUMN,
                            DOT_OF_FOUR_BY_COLUMN,
                            BF16_DOT_BY_PARITY,
                            BF16_DOT_OF_PAIRS,
                            BF16_BLOCK_DOT,
                            OUTER_BF16_DOT,
                            SIGNED_DOT_OF_FOUR,
                            BLOCK_DOT,
                            OUTER_FMA,
                            OUTER_DOT -> false;
                };
        final boolean begins =
                switch (contraction.beginning()) {
                    case ZERO, ROW -> true;
                    case BIAS, RESULT -> false;
                };
        if (!multiplies || !begins || contraction.rhs().order() != Decoding.Order.PART_BY_PART) {
            throw new IllegalArgumentException("no code of tiles in blocks on " + isa + " for " + contraction);
        }
    }

    private Label label(String place) {
        return TileCode.label(program, place);
    }

    @Override
    public void emit(Label done) {
        asm.bind(TileCode.entry(program));
        rows.beginTile(program.mr());
        asm.emit(MOV, RHS_AT, RHS);
        bits.begin();
        totals.begin();
        if (contraction.hasTotals()) {
            earlier.addTo(this);
        } else {
            countBlocks();
        }
        asm.emit(TEST, COUNT, COUNT);
        asm.emit(JE, label("finish"));
        asm.align(32);
        asm.bind(label("block"));
        switch (contraction.end()) {
            case BlockEnd.None _ -> block(() -> {});
            case BlockEnd.OfWeights(BlockEnd.Scale scale) -> block(() -> totals.addBlock(scale));
            case BlockEnd.OfBoth ofBoth -> pairedBlock(ofBoth);
        }
        asm.emit(DEC, COUNT);
        asm.emit(JNE, label("block"));
        asm.bind(label("finish"));
        totals.load();
        finish.emit(
                PanelColumns.of(program, panelColumns),
                new EpilogueRegisters(program, registers::result, registers::scratch),
                done);
    }

    /** A block of any number of groups; leaves counted the blocks still to do, this one among them. */
    private void block(Runnable addToTotals) {
        asm.emit(MOV, mem(ARGUMENTS, BLOCKS_LEFT), COUNT);
        beginBlock();
        if (contraction.hasTotals()) {
            countSteps();
        } else {
            earlier.addTo(this);
        }
        asm.emit(TEST, COUNT, COUNT);
        asm.emit(JE, label("block_end"));
        asm.bind(label("group"));
        group();
        asm.emit(DEC, COUNT);
        asm.emit(JNE, label("group"));
        asm.bind(label("block_end"));
        joinChains();
        addToTotals.run();
        asm.emit(MOV, COUNT, mem(ARGUMENTS, BLOCKS_LEFT));
    }

    /** A block of one group, after which rows have their scales. */
    private void pairedBlock(BlockEnd.OfBoth ofBoth) {
        beginBlock();
        group();
        joinChains();
        totals.addPairedBlock(ofBoth, GROUP * valueBytes + Integer.BYTES);
        rows.advance(program.mr(), Float.BYTES);
    }

    @Override
    public Program program() {
        return program;
    }

    @Override
    public void count() {
        if (contraction.hasTotals()) {
            countBlocks();
        } else {
            countSteps();
        }
    }

    private void countBlocks() {
        asm.emit(MOV, COUNT, mem(ARGUMENTS, NativeArguments.BLOCKS));
    }

    private void countSteps() {
        asm.emit(MOV, COUNT, mem(ARGUMENTS, NativeArguments.STEPS));
    }

    @Override
    public void add(int row, int vector, Mem earlierSum) {
        if (contraction.hasTotals()) {
            totals.beginWith(row, vector, earlierSum);
        } else {
            final Vec sum = registers.sum(0, row, vector);
            asm.emit(VPADDD, sum, sum, earlierSum);
        }
    }

    private void beginBlock() {
        final boolean begun = contraction.beginsWithRow();
        Sums.each(program, (row, v) -> {
            if (begun) {
                asm.emit(VPBROADCASTD, registers.sum(0, row, v), rows.row(row));
            } else {
                PassConstants.clear(asm, registers.sum(0, row, v));
            }
            for (int chain = 1; chain < registers.chains(); chain++) {
                PassConstants.clear(asm, registers.sum(chain, row, v));
            }
        });
        rows.advance(program.mr(), Integer.BYTES);
    }

    private void joinChains() {
        for (int half = registers.chains() / 2; half > 0; half /= 2) {
            for (int chain = 0; chain < half; chain++) {
                final int to = chain;
                final int from = chain + half;
                Sums.each(program, (row, v) -> {
                    final Vec sum = registers.sum(to, row, v);
                    asm.emit(VPADDD, sum, sum, registers.sum(from, row, v));
                });
            }
        }
    }

    private void group() {
        for (int step = 0; step < steps; step++) {
            if (registers.paired()) {
                stepByColumns(step);
            } else {
                stepByParts(step);
            }
        }
        prefetch();
        rows.advance(program.mr(), GROUP * valueBytes);
        asm.emit(ADD, RHS_AT, new Imm((long) steps * stepBytes()));
    }

    /** Few rows in blocks, whose steps have least to do beside loads, leave it to the CPU. */
    private void prefetch() {
        if (program.mr() > FEW_ROWS) {
            ahead.lines(mem(FETCH), steps * stepBytes());
            ahead.advance(1);
        } else if (!contraction.scalesRows()) {
            ahead.lines(mem(RHS_AT, AHEAD), steps * stepBytes());
        }
    }

    /** Bytes of the panel that a step takes. */
    private int stepBytes() {
        return panelColumns * kr;
    }

    /** One part of the bytes of all columns after the other, each with all rows. */
    private void stepByParts(int step) {
        for (int part = 0; part < bits.parts(); part++) {
            for (int v = 0; v < program.vectors(); v++) {
                bits.load(registers.weights(v, part), index(v, part), rhs(v, step), part);
            }
            for (int row = 0; row < program.mr(); row++) {
                asm.emit(VPBROADCASTD, broadcast(row), lhs(row, part, step));
                for (int v = 0; v < program.vectors(); v++) {
                    dot(row, v, part, step);
                }
            }
        }
    }

    /** Where bits are that serve two parts: of those there are but two, each takes its own. */
    private Vec index(int vector, int part) {
        return bits.parts() > 2 ? registers.index(vector) : registers.weights(vector, part);
    }

    /** Products of 16 bits: both parts of a byte are multiplied with a row at once; of four each, by halves. */
    private void stepByColumns(int step) {
        if (bits.parts() > 2) {
            for (int part = 0; part < bits.parts(); part++) {
                for (int v = 0; v < program.vectors(); v++) {
                    bits.loadHalves(registers.weights(v, 0), registers.weights(v, 1), rhs(v, step), part);
                    for (int row = 0; row < program.mr(); row++) {
                        dotHalves(registers.sum(0, row, v), row, part, step);
                    }
                }
            }
            return;
        }
        for (int v = 0; v < program.vectors(); v++) {
            for (int part = 0; part < bits.parts(); part++) {
                final Vec to = registers.weights(v, part);
                bits.load(to, to, rhs(v, step), part);
            }
            for (int row = 0; row < program.mr(); row++) {
                dotPairs(registers.sum(0, row, v), row, step);
            }
        }
    }

    private Mem rhs(int vector, int step) {
        return mem(RHS_AT, step * stepBytes() + vector * isa.lanes() * kr);
    }

    private Vec broadcast(int row) {
        return registers.broadcast(row % registers.broadcasts());
    }

    private Mem lhs(int row, int part, int step) {
        return rows.row(row).plus((step * bits.parts() + part) * kr * valueBytes);
    }

    private void dot(int row, int vector, int part, int step) {
        if (contraction.product() == Product.DOT_OF_PAIRS) {
            final Vec products = registers.products();
            final Vec sum = registers.sum(0, row, vector);
            asm.emit(VPMADDWD, products, registers.weights(vector, part), broadcast(row));
            asm.emit(VPADDD, sum, sum, products);
        } else {
            final int chain = (step * bits.parts() + part) % registers.chains();
            asm.emit(VPDPBUSD, registers.sum(chain, row, vector), registers.weights(vector, part), broadcast(row));
        }
    }

    private void dotPairs(Vec sum, int row, int step) {
        final Vec low = registers.broadcast(0);
        final Vec high = registers.broadcast(1);
        asm.emit(VPBROADCASTD, low, lhs(row, 0, step));
        asm.emit(VPBROADCASTD, high, lhs(row, 1, step));
        asm.emit(VPMADDUBSW, low, registers.weights(0, 0), low);
        asm.emit(VPMADDUBSW, high, registers.weights(0, 1), high);
        asm.emit(VPADDW, low, low, high);
        asm.emit(VPMADDWD, low, low, ones());
        asm.emit(VPADDD, sum, sum, low);
    }

    /** Products with one half of the weights, and with the other. */
    private void dotHalves(Vec sum, int row, int part, int step) {
        final Vec first = registers.broadcast(0);
        final Vec second = registers.broadcast(1);
        asm.emit(VPBROADCASTD, second, lhs(row, part, step));
        asm.emit(VPMADDUBSW, first, registers.weights(0, 0), second);
        asm.emit(VPMADDUBSW, second, registers.weights(0, 1), second);
        asm.emit(VPMADDWD, first, first, ones());
        asm.emit(VPMADDWD, second, second, ones());
        asm.emit(VPADDD, sum, sum, first);
        asm.emit(VPADDD, sum, sum, second);
    }

    private Mem ones() {
        final int[] ones = new int[isa.lanes()];
        Arrays.fill(ones, ONES);
        return Mem.at(asm.constant(ones, isa.bits() / 8));
    }
}
