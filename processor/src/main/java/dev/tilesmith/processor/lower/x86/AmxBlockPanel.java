package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.DEC;
import static dev.tilesmith.processor.asm.x86.Op.JNE;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.VCVTPH2PS;
import static dev.tilesmith.processor.asm.x86.Op.VMOVUPS;
import static dev.tilesmith.processor.asm.x86.Op.VPANDD;
import static dev.tilesmith.processor.asm.x86.Op.VPBROADCASTD;
import static dev.tilesmith.processor.asm.x86.Op.VPMOVZXWD;
import static dev.tilesmith.processor.asm.x86.Op.VPSLLD;
import static dev.tilesmith.processor.asm.x86.Op.VPSRLD;
import static dev.tilesmith.processor.asm.x86.Op.VPSUBB;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.RHS;

import dev.tilesmith.kernel.argument.NativeArguments;
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

/**
 * Brings a panel in blocks to what tile registers multiply, once for all rows of a call: each half of its columns by itself, {@code
 * [k/4][16][4]} signed bytes, and for both after them {@code [3 + blocks][16]} scales as f32s, or with minima {@code [3 + blocks][2][16]}. The first
 * three are zeros.
 */
final class AmxBlockPanel {
    private static final int LINE = 64;
    private static final int STEP_BYTES = PanelLayout.INT4_GROUP * AmxBlockFrame.ROWS;
    private static final int LOW_BITS = 0x0f0f0f0f;
    private static final int EIGHTS = 0x08080808;
    private static final int BF16_SHIFT = 16;

    private static final Gpr FROM = Gpr.R8;
    private static final Gpr TO = Gpr.RAX;
    private static final Gpr SCALES_TO = Gpr.R13;

    /** Bytes from the scales of one half to those of the other. */
    private static final Gpr HALF = Gpr.R14;

    private static final Gpr BLOCKS = Gpr.RBX;
    private static final Gpr STEPS = Gpr.RBP;
    private static final Vec LOW = Vec.zmm(4);
    private static final Vec EIGHT = Vec.zmm(5);

    private final Assembler asm;
    private final Contraction contraction;
    private final PanelColumns columns;
    private final int vectors;
    private final int scaleBytes;

    AmxBlockPanel(Assembler asm, Contraction contraction, PanelColumns columns, int vectors) {
        this.asm = asm;
        this.contraction = contraction;
        this.columns = columns;
        this.vectors = vectors;
        this.scaleBytes = AmxBlockRows.scaleBytes(contraction);
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

    /** Zeros before the first scales of either half. */
    void begin() {
        final Vec zero = Vec.zmm(0);
        PassConstants.clear(asm, zero);
        asm.emit(MOV, SCALES_TO, AmxBlockFrame.SCALES.place());
        for (int half = 0; half < vectors; half++) {
            for (int at = 0; at < AmxBlockRows.BEFORE * scaleBytes; at += LINE) {
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
        asm.emit(ADD, SCALES_TO, new Imm(AmxBlockRows.BEFORE * (long) scaleBytes));
        asm.emit(MOV, HALF, AmxBlockFrame.SCALE_BYTES.place());
        asm.emit(VPBROADCASTD, LOW, Mem.at(asm.constant(new int[] {LOW_BITS}, Integer.BYTES)));
        asm.emit(VPBROADCASTD, EIGHT, Mem.at(asm.constant(new int[] {EIGHTS}, Integer.BYTES)));
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
        final int parts = contraction.rhs().stored().parts();
        final int rows = STEP_BYTES / LINE / parts;
        for (int row = 0; row < rows; row++) {
            for (int v = 0; v < vectors; v++) {
                final Mem from = mem(FROM, (row * vectors + v) * LINE);
                for (int part = 0; part < parts; part++) {
                    final Vec value = Vec.zmm(part);
                    load(value, from, part);
                    asm.emit(VMOVUPS, mem(TO, ((row * parts + part) * vectors + v) * LINE), value);
                }
            }
        }
        asm.emit(ADD, FROM, new Imm((long) vectors * rows * LINE));
        asm.emit(ADD, TO, new Imm((long) vectors * STEP_BYTES));
    }

    private void load(Vec to, Mem from, int part) {
        switch (contraction.rhs().stored()) {
            case NIBBLES -> {
                if (part == 0) {
                    asm.emit(VPANDD, to, LOW, from);
                } else {
                    asm.emit(VPSRLD, to, from, new Imm(4));
                    asm.emit(VPANDD, to, to, LOW);
                }
                if (contraction.beginsWithRow()) {
                    asm.emit(VPSUBB, to, to, EIGHT);
                }
            }
            case INT8, F32, F16, BF16, TWO_BITS ->
                throw new IllegalArgumentException("nothing to decode: " + contraction);
        }
    }

    private void scales() {
        final BlockEnd.Scale scale = contraction.scale().orElseThrow();
        for (int half = 0; half < vectors; half++) {
            final Mem to = half == 0 ? mem(SCALES_TO) : mem(SCALES_TO, HALF, 1, 0);
            final int at = half * AmxBlockFrame.ROWS * scale.bytes();
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
        switch (scale) {
            case BF16 -> {
                asm.emit(VPMOVZXWD, value, from);
                asm.emit(VPSLLD, value, value, new Imm(BF16_SHIFT));
            }
            case F16 -> asm.emit(VCVTPH2PS, value, from);
            case F32 -> asm.emit(VMOVUPS, value, from);
        }
        asm.emit(VMOVUPS, to, value);
    }
}
