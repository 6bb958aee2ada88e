package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADD;
import static dev.tilesmith.processor.asm.aarch64.Op.B_NE;
import static dev.tilesmith.processor.asm.aarch64.Op.CBZ;
import static dev.tilesmith.processor.asm.aarch64.Op.FCVT;
import static dev.tilesmith.processor.asm.aarch64.Op.LD1H;
import static dev.tilesmith.processor.asm.aarch64.Op.LD1W;
import static dev.tilesmith.processor.asm.aarch64.Op.LDR;
import static dev.tilesmith.processor.asm.aarch64.Op.MOV;
import static dev.tilesmith.processor.asm.aarch64.Op.SUB;
import static dev.tilesmith.processor.asm.aarch64.Op.SUBS;
import static dev.tilesmith.processor.asm.aarch64.Op.ZIP;
import static dev.tilesmith.processor.asm.aarch64.Op.ZIP1;
import static dev.tilesmith.processor.asm.aarch64.Op.ZIP2;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.ALL;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.BLOCKS;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.COLUMN;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.RHS_AT;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.SCRATCH;

import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.ElementSize;
import dev.tilesmith.processor.asm.aarch64.Gpr;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Label;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.Modifier;
import dev.tilesmith.processor.asm.aarch64.RegisterList;
import dev.tilesmith.processor.asm.aarch64.Z;
import dev.tilesmith.processor.lower.PanelColumns;
import dev.tilesmith.processor.program.BlockEnd;
import dev.tilesmith.processor.program.Program;
import java.util.function.IntConsumer;

/** The loop over blocks of K that have scales of their own, and the scales of a block, which follow its values. */
final class SmeBlocks {
    private final Assembler asm;
    private final SmeIsa isa;
    private final Program program;
    private final PanelColumns ofPanel;
    private final SmeNibbles nibbles;

    /** What blocks have for columns in binary16. */
    enum F16 {
        SCALES,
        MINIMA
    }

    /** A register that is zero all through the loop. */
    private final Z zero;

    SmeBlocks(Assembler asm, SmeIsa isa, Program program, int panelColumns, int zero) {
        this.asm = asm;
        this.isa = isa;
        this.program = program;
        this.ofPanel = PanelColumns.of(program, panelColumns);
        this.nibbles = new SmeNibbles(asm, isa, program);
        this.zero = Z.h(zero);
    }

    /** Adds the loop: {@code steps} adds the code of as many steps as it is given, {@code end} that of a block's end. */
    void emit(String name, IntConsumer steps, Runnable end) {
        if (bf16()) {
            asm.emit(MOV, zero, new Imm(0));
        }
        emit(name, () -> {
            SmeLoop.emit(asm, name, steps);
            end.run();
        });
    }

    /** Adds the loop, of which {@code block} adds the code of a block. */
    void emit(String name, Runnable block) {
        final Label begin = new Label(name + "_block");
        final Label done = new Label(name + "_total");
        asm.emit(LDR, BLOCKS, Mem.at(ARGUMENTS, NativeArguments.BLOCKS));
        asm.emit(CBZ, BLOCKS, done);
        asm.bind(begin);
        block.run();
        asm.emit(SUBS, BLOCKS, BLOCKS, new Imm(1));
        asm.emit(B_NE, begin);
        asm.bind(done);
    }

    private boolean bf16() {
        return program.contraction().scale().filter(BlockEnd.Scale.BF16::equals).isPresent();
    }

    /**
     * Loads the scales of a block whose values have been taken, or its minima, which come after them, as binary32.
     *
     * @param of which of the two
     * @param to the first of the registers that hold them then, one for each vector of columns
     * @param apart from one of these registers to the next
     */
    void loadF16(F16 of, int to, int apart) {
        final Gpr from = of == F16.MINIMA || !SmeNibbles.in(program) ? SCRATCH : RHS_AT;
        if (!SmeNibbles.in(program)) {
            // weights of a column have four bytes in a step, and so has the place of the first column; scales have two
            asm.emit(SUB, SCRATCH, RHS_AT, COLUMN, Modifier.lsl(1));
        }
        if (of == F16.MINIMA) {
            asm.emit(ADD, SCRATCH, SmeNibbles.in(program) ? RHS_AT : SCRATCH, new Imm(ofPanel.minima()));
        }
        for (int v = 0; v < program.vectors(); v++) {
            final Z scale = Z.s(to + v * apart);
            asm.emit(LD1H, RegisterList.list(scale, 1), SmeRegisters.columns(v).zeroing(), Mem.vectors(from, v));
            asm.emit(FCVT, scale, ALL.merging(), scale.as(ElementSize.H));
        }
    }

    /** Goes from the scales of a block to the next block. */
    void passF16() {
        asm.emit(ADD, RHS_AT, RHS_AT, new Imm(ofPanel.blockEnd()));
    }

    /**
     * Loads the scales of the block that ends, as binary32, and goes to the next block.
     *
     * @param to the first of the registers that hold them then
     * @param spare the first of as many registers as there are pairs of vectors, the first a multiple of them
     */
    void loadScales(int to, int spare) {
        if (bf16()) {
            nibbles.loadPairs(spare);
            for (int pair = 0; pair < program.vectors() / 2; pair++) {
                widen(to + 2 * pair, Z.h(spare + pair));
            }
            asm.emit(ADD, RHS_AT, RHS_AT, new Imm(ofPanel.blockEnd()));
            return;
        }
        // weights of a column have two bytes in a step, and so has the place of the first column; scales have four
        asm.emit(ADD, SCRATCH, RHS_AT, COLUMN, Modifier.lsl(1));
        for (int v = 0; v < program.vectors(); v++) {
            asm.emit(
                    LD1W,
                    RegisterList.list(Z.s(to + v), 1),
                    SmeRegisters.columns(v).zeroing(),
                    Mem.vectors(SCRATCH, v));
        }
        asm.emit(ADD, RHS_AT, RHS_AT, new Imm(ofPanel.blockEnd()));
    }

    /** A BF16 is the upper half of a binary32. */
    private void widen(int to, Z halves) {
        if (isa.loadsSeveral()) {
            asm.emit(ZIP, RegisterList.list(Z.h(to), 2), zero, halves);
        } else {
            asm.emit(ZIP1, Z.h(to), zero, halves);
            asm.emit(ZIP2, Z.h(to + 1), zero, halves);
        }
    }
}
