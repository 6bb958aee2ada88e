package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.DEC;
import static dev.tilesmith.processor.asm.x86.Op.JNE;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.VMOVUPS;
import static dev.tilesmith.processor.asm.x86.Op.VPBROADCASTD;
import static dev.tilesmith.processor.asm.x86.Op.VPSUBB;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.RHS;

import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.kernel.layout.BlockCopies;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Gpr;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.Vec;
import dev.tilesmith.processor.lower.PanelColumns;
import dev.tilesmith.processor.program.BlockEnd;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Program;

/**
 * Brings a panel in blocks to what tile registers multiply, once for all rows of a call, as {@link BlockCopies} has it: four bits as
 * signed bytes, and all scales as f32s. Bytes stay where they are.
 */
final class AmxBlockPanel {
    private static final int LINE = 64;
    private static final int STEP_BYTES = PanelLayout.INT4_GROUP * BlockCopies.LANES;
    private static final int EIGHTS = 0x08080808;

    private static final Gpr FROM = Gpr.R8;
    private static final Gpr TO = Gpr.RAX;
    private static final Gpr SCALES_TO = Gpr.R13;

    /** Bytes from the scales of one half to those of the other. */
    private static final Gpr HALF = Gpr.R14;

    private static final Gpr BLOCKS = Gpr.RBX;
    private static final Gpr STEPS = Gpr.RBP;

    /** What is taken off weights from 0 to 15, so that nothing has to be taken off sums. */
    private static final Vec EIGHT = Vec.zmm(5);

    private final Assembler asm;
    private final Contraction contraction;
    private final PanelColumns columns;
    private final int vectors;
    private final WeightBits bits;
    private final int scaleBytes;

    /** Those of a program's panels. */
    AmxBlockPanel(Assembler asm, Program program, int panelColumns) {
        this.asm = asm;
        this.contraction = program.contraction();
        this.columns = PanelColumns.of(program, panelColumns);
        this.vectors = panelColumns / Isa.AVX512.lanes();
        this.bits = WeightBits.of(asm, Isa.AVX512, program, panelColumns);
        this.scaleBytes = BlockCopies.scaleBytes(contraction.hasMinima());
    }

    /** Whether values are multiplied where they are packed: bytes, in blocks of one step. */
    static boolean isInPlace(Contraction contraction) {
        return switch (contraction.rhs().stored()) {
            case INT8 -> true;
            case NIBBLES -> false;
            case F32, F16, BF16, TWO_BITS ->
                throw new IllegalArgumentException("no code of tile registers for " + contraction);
        };
    }

    /** Whether weights are stored with 8 added, which elsewhere what sums begin with takes off. */
    private boolean offsetsBy8() {
        return !isInPlace(contraction) && contraction.beginsWithRow();
    }

    /** Zeros before the first scales of either half. */
    void begin() {
        final Vec zero = Vec.zmm(0);
        PassConstants.clear(asm, zero);
        asm.emit(MOV, SCALES_TO, AmxBlockFrame.SCALES.place());
        for (int half = 0; half < vectors; half++) {
            for (int at = 0; at < BlockCopies.BLOCKS_BEFORE * scaleBytes; at += LINE) {
                asm.emit(VMOVUPS, mem(SCALES_TO, at), zero);
            }
            asm.emit(ADD, SCALES_TO, AmxBlockFrame.SCALE_BYTES.place());
        }
    }

    /** The panel at hand; the registers that rows have of their own are lost. */
    void decode() {
        asm.emit(MOV, FROM, RHS);
        asm.emit(MOV, TO, mem(ARGUMENTS, NativeArguments.DECODED));
        asm.emit(MOV, SCALES_TO, AmxBlockFrame.SCALES.place());
        asm.emit(ADD, SCALES_TO, new Imm(BlockCopies.BLOCKS_BEFORE * (long) scaleBytes));
        asm.emit(MOV, HALF, AmxBlockFrame.SCALE_BYTES.place());
        if (!isInPlace(contraction)) {
            bits.begin();
        }
        if (offsetsBy8()) {
            asm.emit(VPBROADCASTD, EIGHT, Mem.at(asm.constant(new int[] {EIGHTS}, Integer.BYTES)));
        }
        asm.emit(MOV, BLOCKS, mem(ARGUMENTS, NativeArguments.BLOCKS));
        asm.bind(new Label("decode_block"));
        if (isInPlace(contraction)) {
            asm.emit(ADD, FROM, new Imm((long) vectors * STEP_BYTES));
        } else {
            asm.emit(MOV, STEPS, mem(ARGUMENTS, NativeArguments.STEPS));
            asm.bind(new Label("decode_step"));
            decodeStep();
            asm.emit(DEC, STEPS);
            asm.emit(JNE, new Label("decode_step"));
        }
        scales();
        asm.emit(DEC, BLOCKS);
        asm.emit(JNE, new Label("decode_block"));
    }

    private void decodeStep() {
        final int parts = bits.parts();
        final int rows = STEP_BYTES / LINE / parts;
        for (int row = 0; row < rows; row++) {
            for (int v = 0; v < vectors; v++) {
                final Mem from = mem(FROM, (row * vectors + v) * LINE);
                for (int part = 0; part < parts; part++) {
                    final Vec value = Vec.zmm(part);
                    bits.load(value, value, from, part);
                    if (offsetsBy8()) {
                        asm.emit(VPSUBB, value, value, EIGHT);
                    }
                    asm.emit(VMOVUPS, mem(TO, ((row * parts + part) * vectors + v) * LINE), value);
                }
            }
        }
        asm.emit(ADD, FROM, new Imm((long) vectors * rows * LINE));
        asm.emit(ADD, TO, new Imm((long) vectors * STEP_BYTES));
    }

    private void scales() {
        final BlockEnd.Scale scale = contraction.scale().orElseThrow();
        for (int half = 0; half < vectors; half++) {
            final Mem to = half == 0 ? mem(SCALES_TO) : mem(SCALES_TO, HALF, 1, 0);
            final int at = half * BlockCopies.LANES * scale.bytes();
            widen(mem(FROM, at), to, scale);
            if (contraction.hasMinima()) {
                widen(mem(FROM, columns.minima() + at), to.plus(LINE), scale);
            }
        }
        asm.emit(ADD, SCALES_TO, new Imm(scaleBytes));
        asm.emit(ADD, FROM, new Imm(columns.blockEnd()));
    }

    private void widen(Mem from, Mem to, BlockEnd.Scale scale) {
        final Vec value = Vec.zmm(0);
        ScaleLoad.emit(asm, value, from, scale);
        asm.emit(VMOVUPS, to, value);
    }
}
