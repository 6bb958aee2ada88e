package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Gpr.R13;
import static dev.tilesmith.processor.asm.x86.Gpr.R14;
import static dev.tilesmith.processor.asm.x86.Gpr.R15;
import static dev.tilesmith.processor.asm.x86.Gpr.R8;
import static dev.tilesmith.processor.asm.x86.Gpr.RAX;
import static dev.tilesmith.processor.asm.x86.Gpr.RDI;
import static dev.tilesmith.processor.asm.x86.Gpr.RDX;
import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.DEC;
import static dev.tilesmith.processor.asm.x86.Op.JE;
import static dev.tilesmith.processor.asm.x86.Op.JMP;
import static dev.tilesmith.processor.asm.x86.Op.JNE;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.PREFETCHT0;
import static dev.tilesmith.processor.asm.x86.Op.TEST;
import static dev.tilesmith.processor.asm.x86.Op.VBROADCASTSS;
import static dev.tilesmith.processor.asm.x86.Op.VFMADD231PS;
import static dev.tilesmith.processor.asm.x86.Op.VMASKMOVPS;
import static dev.tilesmith.processor.asm.x86.Op.VMOVUPS;
import static dev.tilesmith.processor.asm.x86.Op.VPXORD;
import static dev.tilesmith.processor.asm.x86.Op.VXORPS;

import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Gpr;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Mask;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.Vec;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Op;
import dev.tilesmith.processor.program.Product;
import dev.tilesmith.processor.program.Program;

/**
 * The code of one f32 tile. On entry rdi is the argument block, rdx the panel's values, r9 the tile's first row, r10 its
 * first result, rbx, rbp and r12 once, three and five times the distance between rows, and r15 the place to fetch ahead;
 * the code moves r9 and r10 to the next tile and jumps to {@code done}.
 *
 * <p>A tile of few rows may have columns of two panels, so that it has sums enough to keep the multipliers busy.
 */
final class F32TileCode implements TileCode {
    /** Rows that can be addressed. */
    static final int MAX_ROWS = 14;

    private final Assembler asm;
    private final Isa isa;
    private final Program program;
    private final VectorSet vectors;
    private final TileEnd end;
    private final String name;
    private final int panelVectors;

    /**
     * The code of one tile.
     *
     * @param panelVectors vectors of columns of a panel: if they are more than the tile's, those beyond are skipped; if
     *     they are fewer, the tile goes on in the next panel
     */
    F32TileCode(Assembler asm, Isa isa, Program program, int panelVectors) {
        if (program.mr() > MAX_ROWS) {
            throw new IllegalArgumentException("mr: " + program.mr() + " rows; " + MAX_ROWS + " can be addressed");
        }
        if (!program.contraction().equals(Contraction.f32(Product.FMA))) {
            throw new IllegalArgumentException("no code of f32 tiles for " + program.contraction());
        }
        if (program.epilogue().ops().stream().anyMatch(Op.LoadOfRow.class::isInstance)) {
            throw new IllegalArgumentException(
                    "rows of f32s have values alone: " + program.epilogue().print());
        }
        this.asm = asm;
        this.isa = isa;
        this.program = program;
        this.vectors = new VectorSet(isa.bits(), isa.registers());
        this.panelVectors = panelVectors;
        this.name = TileCode.entry(program).name();
        for (int row = 0; row < program.mr(); row++) {
            for (int v = 0; v < program.vectors(); v++) {
                sum(row, v);
            }
        }
        vectors.keepAssigned();
        this.end = new TileEnd(asm, isa, program);
    }

    private Label label(String place) {
        return new Label(name + "_" + place);
    }

    @Override
    public void emit(Label done) {
        asm.bind(TileCode.entry(program));
        beginSums();
        loop();
        asm.bind(label("finish"));
        testFlag(NativeArguments.FINISH);
        asm.emit(JE, EpilogueCode.store(program));
        new EpilogueCode(asm, isa, program, new Metadata(), registers(), end).emit();
        end.advance();
        asm.emit(JMP, done);
    }

    /** Zero, or what the result holds from an earlier block of K. */
    private void beginSums() {
        testFlag(NativeArguments.RESUME);
        asm.emit(JNE, label("resume"));
        for (int row = 0; row < program.mr(); row++) {
            for (int v = 0; v < program.vectors(); v++) {
                final Vec low = sum(row, v).as(128); // clears the whole register
                asm.emit(low.index() > 15 ? VPXORD : VXORPS, low, low, low);
            }
        }
        asm.emit(JMP, label("steps"));
        asm.bind(label("resume"));
        end.eachRow((row, at) -> {
            for (int v = 0; v < program.vectors(); v++) {
                loadSum(sum(row, v), v, at.plus(v * isa.bits() / 8));
            }
        });
        asm.bind(label("steps"));
        LhsRows.begin(asm, program.mr());
        if (isWide()) {
            asm.emit(MOV, R14, mem(RDI, NativeArguments.RHS_STRIDE));
        }
        asm.emit(MOV, R8, RDX);
        asm.emit(MOV, R13, mem(RDI, NativeArguments.STEPS));
        asm.emit(TEST, R13, R13);
        asm.emit(JE, label("finish"));
    }

    /** Sets the zero flag if a flag of the call is not set. Uses eax. */
    private void testFlag(int flag) {
        asm.emit(MOV, RAX.as(32), mem(RDI, NativeArguments.FLAGS));
        asm.emit(TEST, RAX.as(32), new Imm(flag));
    }

    private void loadSum(Vec sum, int vector, Mem from) {
        if (isa == Isa.AVX512) {
            asm.emit(VMOVUPS, sum.zeroing(new Mask(FamilyCode.FIRST_COLUMN_MASK + vector)), from);
        } else {
            final Vec mask = vectors.scratch(0);
            asm.emit(VMOVUPS, mask, FamilyCode.maskOf(vector));
            asm.emit(VMASKMOVPS, sum, mask, from);
        }
    }

    /** Whether it has columns of two panels. Its rows are few then, and leave r14 for the distance between these. */
    private boolean isWide() {
        return program.vectors() > panelVectors;
    }

    /** A vector of the tile's columns, where {@code base} is at the first of the panel. */
    private Mem columns(Gpr base, int vector) {
        final int bytes = vector % panelVectors * isa.bits() / 8;
        return vector < panelVectors ? mem(base, bytes) : mem(base, R14, 1, bytes);
    }

    private void loop() {
        asm.align(32);
        asm.bind(label("loop"));
        step();
        asm.emit(PREFETCHT0, mem(R15));
        asm.emit(PREFETCHT0, mem(R15, 64));
        if (isWide()) {
            asm.emit(PREFETCHT0, mem(R15, R14, 1, 0));
            asm.emit(PREFETCHT0, mem(R15, R14, 1, 64));
        }
        asm.emit(ADD, R15, mem(RDI, NativeArguments.PREFETCH_STEP));
        LhsRows.advance(asm, program.mr(), Float.BYTES);
        asm.emit(ADD, R8, new Imm(panelVectors * isa.bits() / 8));
        asm.emit(DEC, R13);
        asm.emit(JNE, label("loop"));
    }

    private void step() {
        for (int v = 0; v < program.vectors(); v++) {
            asm.emit(VMOVUPS, weights(v), columns(R8, v));
        }
        for (int row = 0; row < program.mr(); row++) {
            final Vec broadcast = vectors.broadcast(row);
            asm.emit(VBROADCASTSS, broadcast, LhsRows.row(row));
            for (int v = 0; v < program.vectors(); v++) {
                asm.emit(VFMADD231PS, sum(row, v), broadcast, weights(v));
            }
        }
    }

    private EpilogueRegisters registers() {
        return new EpilogueRegisters(program, this::sum, vectors::scratch);
    }

    private Vec sum(int row, int vector) {
        return vectors.of(new Sum(row, vector));
    }

    private Vec weights(int vector) {
        return vectors.of(new Weights(vector));
    }

    /** What a register holds: a sum. */
    private record Sum(int row, int vector) {}

    /** What a register holds: a vector of the panel. */
    private record Weights(int vector) {}

    /** What a panel has for its columns, of two panels too. */
    private final class Metadata implements EpilogueCode.Columns {
        @Override
        public Gpr base() {
            return RAX;
        }

        @Override
        public Mem at(int index, int vector) {
            return columns(RAX, vector).plus(index * panelVectors * isa.bits() / 8);
        }
    }
}
