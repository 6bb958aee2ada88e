package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Gpr.R10;
import static dev.tilesmith.processor.asm.x86.Gpr.R12;
import static dev.tilesmith.processor.asm.x86.Gpr.R13;
import static dev.tilesmith.processor.asm.x86.Gpr.R14;
import static dev.tilesmith.processor.asm.x86.Gpr.R15;
import static dev.tilesmith.processor.asm.x86.Gpr.R8;
import static dev.tilesmith.processor.asm.x86.Gpr.R9;
import static dev.tilesmith.processor.asm.x86.Gpr.RAX;
import static dev.tilesmith.processor.asm.x86.Gpr.RBP;
import static dev.tilesmith.processor.asm.x86.Gpr.RBX;
import static dev.tilesmith.processor.asm.x86.Gpr.RDI;
import static dev.tilesmith.processor.asm.x86.Gpr.RDX;
import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.CMP;
import static dev.tilesmith.processor.asm.x86.Op.DEC;
import static dev.tilesmith.processor.asm.x86.Op.IMUL;
import static dev.tilesmith.processor.asm.x86.Op.JE;
import static dev.tilesmith.processor.asm.x86.Op.JMP;
import static dev.tilesmith.processor.asm.x86.Op.JNE;
import static dev.tilesmith.processor.asm.x86.Op.LEA;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.PREFETCHT0;
import static dev.tilesmith.processor.asm.x86.Op.TEST;
import static dev.tilesmith.processor.asm.x86.Op.VADDPS;
import static dev.tilesmith.processor.asm.x86.Op.VBLENDVPS;
import static dev.tilesmith.processor.asm.x86.Op.VBROADCASTSS;
import static dev.tilesmith.processor.asm.x86.Op.VCMPPS;
import static dev.tilesmith.processor.asm.x86.Op.VFMADD231PS;
import static dev.tilesmith.processor.asm.x86.Op.VMASKMOVPS;
import static dev.tilesmith.processor.asm.x86.Op.VMAXPS;
import static dev.tilesmith.processor.asm.x86.Op.VMINPS;
import static dev.tilesmith.processor.asm.x86.Op.VMOVUPS;
import static dev.tilesmith.processor.asm.x86.Op.VPXORD;
import static dev.tilesmith.processor.asm.x86.Op.VXORPS;

import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Mask;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.Vec;
import dev.tilesmith.processor.program.Cell;
import dev.tilesmith.processor.program.Cell.Operand;
import dev.tilesmith.processor.program.Op;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.processor.program.Register;
import dev.tilesmith.runtime.NativeArguments;
import java.util.List;

/**
 * The code of one f32 tile. On entry rdi is the argument block, rdx the panel's values, r9 the tile's first row, r10 its
 * first result, rbx, rbp and r12 once, three and five times the distance between rows, and r15 the place to fetch ahead;
 * the code moves r9 and r10 to the next tile and jumps to {@code done}.
 *
 * <p>Rows are addressed from two pointers, seven rows apart, and the multiples of the distance that an address can
 * scale: fourteen rows take five registers.
 */
final class F32TileCode implements TileCode {
    /** Rows that can be addressed. */
    static final int MAX_ROWS = 14;

    private static final int ROWS_PER_POINTER = 7;

    private final Assembler asm;
    private final Isa isa;
    private final Program program;
    private final VectorSet vectors;
    private final String name;
    private final int panelColumns;

    /**
     * The code of one tile.
     *
     * @param panelColumns columns of a panel, which may be more than the tile's: those beyond are skipped
     */
    F32TileCode(Assembler asm, Isa isa, Program program, int panelColumns) {
        if (program.mr() > MAX_ROWS) {
            throw new IllegalArgumentException("mr: " + program.mr() + " rows; " + MAX_ROWS + " can be addressed");
        }
        this.asm = asm;
        this.isa = isa;
        this.program = program;
        this.vectors = new VectorSet(isa.bits(), isa.registers());
        this.panelColumns = panelColumns;
        this.name = TileCode.entry(program).name();
        for (int row = 0; row < program.mr(); row++) {
            for (int v = 0; v < program.vectors(); v++) {
                vectors.of(program.sum(row, v));
            }
        }
        vectors.keepAssigned();
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
        jumpIf(NativeArguments.FINISH, "bias");
        asm.emit(JMP, label("store"));
        asm.bind(label("bias"));
        addBias();
        clamp();
        asm.bind(label("store"));
        store();
        advance();
        asm.emit(JMP, done);
    }

    /** Zero, or what the result holds from an earlier block of K. */
    private void beginSums() {
        jumpIf(NativeArguments.RESUME, "resume");
        for (int row = 0; row < program.mr(); row++) {
            for (int v = 0; v < program.vectors(); v++) {
                final Vec low = sum(row, v).as(128); // clears the whole register
                asm.emit(low.index() > 15 ? VPXORD : VXORPS, low, low, low);
            }
        }
        asm.emit(JMP, label("steps"));
        asm.bind(label("resume"));
        eachRow((row, at) -> {
            for (int v = 0; v < program.vectors(); v++) {
                loadSum(sum(row, v), v, at.plus(v * isa.bits() / 8));
            }
        });
        asm.bind(label("steps"));
        asm.emit(MOV, RAX, R9);
        if (program.mr() > ROWS_PER_POINTER) {
            asm.emit(LEA, R14, mem(R9, RBP, 2, 0));
            asm.emit(ADD, R14, RBX);
        }
        asm.emit(MOV, R8, RDX);
        asm.emit(MOV, R13, mem(RDI, NativeArguments.STEPS));
        asm.emit(TEST, R13, R13);
        asm.emit(JE, label("finish"));
    }

    /** Jumps if a flag of the call is set. Uses eax. */
    private void jumpIf(int flag, String place) {
        asm.emit(MOV, RAX.as(32), mem(RDI, NativeArguments.FLAGS));
        asm.emit(TEST, RAX.as(32), new Imm(flag));
        asm.emit(JNE, label(place));
    }

    private void loadSum(Vec sum, int vector, Mem from) {
        if (isa == Isa.AVX512) {
            asm.emit(VMOVUPS, sum.zeroing(columns(vector)), from);
        } else {
            final Vec mask = vectors.scratch(0);
            asm.emit(VMOVUPS, mask, FamilyCode.maskOf(vector));
            asm.emit(VMASKMOVPS, sum, mask, from);
        }
    }

    private void loop() {
        asm.align(32);
        asm.bind(label("loop"));
        for (final Op op : program.step()) {
            step(op);
        }
        asm.emit(PREFETCHT0, mem(R15));
        asm.emit(PREFETCHT0, mem(R15, 64));
        asm.emit(ADD, R15, mem(RDI, NativeArguments.PREFETCH_STEP));
        asm.emit(ADD, RAX, new Imm(Float.BYTES));
        if (program.mr() > ROWS_PER_POINTER) {
            asm.emit(ADD, R14, new Imm(Float.BYTES));
        }
        asm.emit(ADD, R8, new Imm(panelColumns * (long) Float.BYTES));
        asm.emit(DEC, R13);
        asm.emit(JNE, label("loop"));
    }

    private void step(Op op) {
        switch (op) {
            case Op.Load(Register to, Cell(Operand _, int _, int vector)) ->
                asm.emit(VMOVUPS, vectors.of(to), mem(R8, vector * isa.bits() / 8));
            case Op.Broadcast(Register to, Cell(Operand _, int row, int _)) ->
                asm.emit(VBROADCASTSS, broadcast(row), lhsRow(row));
            case Op.FusedMultiplyAdd(Register sum, Register a, Register b) ->
                asm.emit(VFMADD231PS, vectors.of(sum), broadcast(rowOf(a)), vectors.of(b));
            default -> throw new IllegalArgumentException("not in the step of an f32 tile: " + op);
        }
    }

    /** The row whose value a register of the step holds. */
    private int rowOf(Register broadcast) {
        for (final Op op : program.step()) {
            if (op instanceof Op.Broadcast(Register to, Cell from) && to.equals(broadcast)) {
                return from.row();
            }
        }
        throw new IllegalArgumentException("register " + broadcast + " is not broadcast in the step");
    }

    private Vec broadcast(int row) {
        return vectors.broadcast(row);
    }

    private Mem lhsRow(int row) {
        final var base = row < ROWS_PER_POINTER ? RAX : R14;
        return switch (row % ROWS_PER_POINTER) {
            case 0 -> mem(base);
            case 1 -> mem(base, RBX, 1, 0);
            case 2 -> mem(base, RBX, 2, 0);
            case 3 -> mem(base, RBP, 1, 0);
            case 4 -> mem(base, RBX, 4, 0);
            case 5 -> mem(base, R12, 1, 0);
            default -> mem(base, RBP, 2, 0);
        };
    }

    private void addBias() {
        final List<Op.Load> loads = finishOps(Op.Load.class);
        if (loads.isEmpty()) {
            return;
        }
        asm.emit(MOV, RAX, mem(RDI, FamilyCode.METADATA));
        for (final Op.Load load : loads) {
            asm.emit(
                    VMOVUPS,
                    vectors.scratch(load.from().vector()),
                    mem(RAX, load.from().vector() * isa.bits() / 8));
        }
        for (int row = 0; row < program.mr(); row++) {
            for (int v = 0; v < loads.size(); v++) {
                asm.emit(VADDPS, sum(row, v), sum(row, v), vectors.scratch(v));
            }
        }
    }

    /**
     * Java's max and min. x86's give the second source where either is NaN or both are zero: min has the value second;
     * for max the bound must be second, since a zero bound is +0, and NaN is put back by a blend.
     */
    private void clamp() {
        if (finishOps(Op.Clamp.class).isEmpty()) {
            return;
        }
        jumpIf(NativeArguments.CLAMP, "clamp");
        asm.emit(JMP, label("store"));
        asm.bind(label("clamp"));
        final Vec bound = vectors.scratch(0);
        final Vec larger = vectors.scratch(1);
        asm.emit(VBROADCASTSS, bound, mem(RDI, NativeArguments.CLAMP_MIN));
        eachSum(sum -> {
            if (isa == Isa.AVX512) {
                asm.emit(VCMPPS, FamilyCode.SCRATCH_MASK, sum, sum, new Imm(FamilyCode.ORDERED));
                asm.emit(VMAXPS, sum.merging(FamilyCode.SCRATCH_MASK), sum, bound);
            } else {
                final Vec unordered = vectors.scratch(2);
                asm.emit(VCMPPS, unordered, sum, sum, new Imm(FamilyCode.UNORDERED));
                asm.emit(VMAXPS, larger, sum, bound);
                asm.emit(VBLENDVPS, sum, larger, sum, unordered);
            }
        });
        asm.emit(VBROADCASTSS, bound, mem(RDI, NativeArguments.CLAMP_MAX));
        eachSum(sum -> asm.emit(VMINPS, sum, bound, sum));
    }

    private void store() {
        asm.emit(MOV, RAX, mem(RDI, FamilyCode.COLUMNS));
        asm.emit(CMP, RAX, new Imm(program.nr()));
        asm.emit(JNE, label("partial"));
        eachRow((row, at) -> {
            for (int v = 0; v < program.vectors(); v++) {
                asm.emit(VMOVUPS, at.plus(v * isa.bits() / 8), sum(row, v));
            }
        });
        asm.emit(JMP, label("advance"));
        asm.bind(label("partial"));
        if (isa == Isa.AVX2) {
            for (int v = 0; v < program.vectors(); v++) {
                asm.emit(VMOVUPS, vectors.scratch(v), FamilyCode.maskOf(v));
            }
        }
        eachRow((row, at) -> {
            for (int v = 0; v < program.vectors(); v++) {
                final Mem to = at.plus(v * isa.bits() / 8);
                if (isa == Isa.AVX512) {
                    asm.emit(VMOVUPS, to.merging(columns(v)), sum(row, v));
                } else {
                    asm.emit(VMASKMOVPS, to, vectors.scratch(v), sum(row, v));
                }
            }
        });
    }

    private void advance() {
        asm.bind(label("advance"));
        asm.emit(IMUL, RAX, RBX, new Imm(program.mr()));
        asm.emit(ADD, R9, RAX);
        asm.emit(IMUL, RAX, mem(RDI, NativeArguments.DST_STRIDE), new Imm(program.mr()));
        asm.emit(ADD, R10, RAX);
    }

    private static Mask columns(int vector) {
        return new Mask(FamilyCode.FIRST_COLUMN_MASK + vector);
    }

    private Vec sum(int row, int vector) {
        return vectors.of(program.sum(row, vector));
    }

    private void eachSum(java.util.function.Consumer<Vec> action) {
        for (int row = 0; row < program.mr(); row++) {
            for (int v = 0; v < program.vectors(); v++) {
                action.accept(sum(row, v));
            }
        }
    }

    /** Goes over the rows of the result with a pointer in r8. */
    private void eachRow(RowAction action) {
        asm.emit(MOV, R8, R10);
        asm.emit(MOV, RAX, mem(RDI, NativeArguments.DST_STRIDE));
        for (int row = 0; row < program.mr(); row++) {
            action.at(row, mem(R8));
            if (row + 1 < program.mr()) {
                asm.emit(ADD, R8, RAX);
            }
        }
    }

    private <T extends Op> List<T> finishOps(Class<T> type) {
        return program.finish().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** What is done with one row of the result. */
    private interface RowAction {
        void at(int row, Mem result);
    }
}
