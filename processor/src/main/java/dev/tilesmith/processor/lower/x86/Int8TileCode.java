package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.VMOVDQU32;
import static dev.tilesmith.processor.asm.x86.Op.VMOVUPS;
import static dev.tilesmith.processor.asm.x86.Op.VPADDD;
import static dev.tilesmith.processor.asm.x86.Op.VPBROADCASTD;
import static dev.tilesmith.processor.asm.x86.Op.VPDPBUSD;
import static dev.tilesmith.processor.asm.x86.Op.VPMADDWD;
import static dev.tilesmith.processor.asm.x86.Op.VPMOVSXBW;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.COUNT;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.FETCH;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.RHS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.RHS_AT;

import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.Vec;
import dev.tilesmith.processor.lower.PanelColumns;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Product;
import dev.tilesmith.processor.program.Program;

/**
 * The code of one int8 tile. It is entered and left as {@link F32TileCode} is, but takes all of K in one call.
 *
 * <p>Rows are quantized: after the values of a row lie its zero point and the inverse of its scale, where the pointers to
 * the rows arrive when the last step is done.
 *
 * <p>Sums of integers may be taken in any order. A tile too short to keep the multipliers busy through their latency
 * therefore takes several steps at once, each with accumulators of its own, which are added up in the end.
 */
final class Int8TileCode implements TileCode, EarlierSums.Tile {
    /** Two multiplications a cycle, each done after four. */
    private static final int SUMS_UNDER_WAY = 8;

    private static final int MOST_CHAINS = 4;

    /** So few rows are bound by loads, which a prefetch takes part in; the CPU fetches ahead by itself. */
    private static final int LAST_WITHOUT_PREFETCH = 3;

    private final Assembler asm;
    private final Isa isa;
    private final Program program;
    private final LhsRows rows;
    private final VectorSet vectors;
    private final TileFinish finish;
    private final int panelColumns;
    private final int unroll;
    private final FetchAhead ahead;
    private final EarlierSums earlier;
    private final int chains;

    /** Whether a step takes two values along K, not four. */
    private final boolean pairs;

    private int rotation;

    /**
     * The code of one tile.
     *
     * @param rows those of the left operand
     * @param panelColumns columns of a panel, which may be more than the tile's: those beyond are skipped
     * @param unroll steps that a pass takes at least
     * @param earlier sums that it goes on from
     */
    Int8TileCode(
            Assembler asm,
            Isa isa,
            Program program,
            LhsRows rows,
            int panelColumns,
            int unroll,
            FetchAhead ahead,
            EarlierSums earlier) {
        this.pairs = isPairs(isa, program.contraction());
        this.asm = asm;
        this.isa = isa;
        this.program = program;
        this.rows = rows;
        this.vectors = new VectorSet(isa.bits(), isa.registers());
        this.panelColumns = panelColumns;
        this.unroll = unroll;
        this.ahead = ahead;
        this.earlier = earlier;
        this.chains = chains();
        for (int chain = 0; chain < chains; chain++) {
            final int of = chain;
            Sums.each(program, (row, v) -> sum(of, row, v));
        }
        vectors.keepAssigned();
        this.finish = new TileFinish(asm, isa, program, rows);
    }

    /** Refuses what is not summed here: bytes over all of K, in pairs of 16 bits, or in fours of which rows are unsigned. */
    private static boolean isPairs(Isa isa, Contraction contraction) {
        final boolean known = contraction.equals(Contraction.int8(Product.DOT_OF_PAIRS))
                || (isa.hasDotProducts() && contraction.equals(Contraction.int8(Product.DOT_OF_FOUR)));
        if (!known) {
            throw new IllegalArgumentException("no code of int8 tiles on " + isa + " for " + contraction);
        }
        return contraction.product() == Product.DOT_OF_PAIRS;
    }

    private int chains() {
        final int sums = program.mr() * program.vectors();
        int count = 1;
        while (count * sums < SUMS_UNDER_WAY
                && count < MOST_CHAINS
                && 2 * count * sums + program.vectors() + 2 <= isa.registers()) {
            count *= 2;
        }
        return count;
    }

    @Override
    public void emit(Label done) {
        asm.bind(TileCode.entry(program));
        begin();
        StepLoop.emit(asm, program, Math.max(unroll, chains), this::pass);
        addChains();
        finish.emit(
                PanelColumns.of(program, panelColumns),
                new EpilogueRegisters(program, this::sum, vectors::scratch),
                done);
    }

    @Override
    public Program program() {
        return program;
    }

    private void begin() {
        for (int chain = 0; chain < chains; chain++) {
            final int at = chain;
            Sums.each(program, (row, v) -> PassConstants.clear(asm, sum(at, row, v)));
        }
        rows.beginTile(program.mr());
        asm.emit(MOV, RHS_AT, RHS);
        earlier.addTo(this);
    }

    @Override
    public void count() {
        asm.emit(MOV, COUNT, mem(ARGUMENTS, NativeArguments.STEPS));
    }

    private void pass(int count) {
        for (int step = 0; step < count; step++) {
            step(step);
        }
        if (program.mr() > LAST_WITHOUT_PREFETCH) {
            ahead.lines(mem(FETCH), count * rhsStep());
            ahead.advance(count);
        }
        rows.advance(program.mr(), count * Integer.BYTES);
        asm.emit(ADD, RHS_AT, new Imm(count * (long) rhsStep()));
    }

    /** Bytes of the panel that a step takes. */
    private int rhsStep() {
        return panelColumns * (pairs ? 2 : 4);
    }

    private void step(int step) {
        for (int v = 0; v < program.vectors(); v++) {
            if (pairs) {
                asm.emit(VPMOVSXBW, weights(v), mem(RHS_AT, step * rhsStep() + v * isa.bits() / 16));
            } else {
                asm.emit(VMOVUPS, weights(v), mem(RHS_AT, step * rhsStep() + v * isa.bits() / 8));
            }
        }
        for (int row = 0; row < program.mr(); row++) {
            if (!pairs) {
                asm.emit(VPBROADCASTD, vectors.broadcast(row), values(row, step));
            }
            for (int v = 0; v < program.vectors(); v++) {
                dot(sum(step % chains, row, v), row, step, weights(v));
            }
        }
    }

    private Mem values(int row, int step) {
        return rows.row(row).plus(step * Integer.BYTES);
    }

    private Vec weights(int vector) {
        return vectors.of(new VectorSet.Weights(vector));
    }

    /** Pairs take one register for the broadcast values and the products: a broadcast is only a load. */
    private void dot(Vec sum, int row, int step, Vec rhs) {
        if (pairs) {
            final Vec products = vectors.broadcast(rotation++);
            asm.emit(VPBROADCASTD, products, values(row, step));
            asm.emit(VPMADDWD, products, products, rhs);
            asm.emit(VPADDD, sum, sum, products);
        } else {
            asm.emit(VPDPBUSD, sum, vectors.broadcast(row), rhs);
        }
    }

    private void addChains() {
        for (int half = chains / 2; half > 0; half /= 2) {
            for (int chain = 0; chain < half; chain++) {
                final int to = chain;
                final int from = chain + half;
                Sums.each(program, (row, v) -> asm.emit(VPADDD, sum(to, row, v), sum(to, row, v), sum(from, row, v)));
            }
        }
    }

    /** It has begun with zero. */
    @Override
    public void add(int row, int vector, Mem earlier) {
        asm.emit(VMOVDQU32, sum(row, vector), earlier);
    }

    private Vec sum(int row, int vector) {
        return sum(0, row, vector);
    }

    private Vec sum(int chain, int row, int vector) {
        return vectors.of(new VectorSet.Sum(chain, row, vector));
    }
}
