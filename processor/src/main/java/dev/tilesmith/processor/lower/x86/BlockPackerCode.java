package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Gpr.RAX;
import static dev.tilesmith.processor.asm.x86.Gpr.RBX;
import static dev.tilesmith.processor.asm.x86.Gpr.RCX;
import static dev.tilesmith.processor.asm.x86.Gpr.RDI;
import static dev.tilesmith.processor.asm.x86.Gpr.RDX;
import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.DEC;
import static dev.tilesmith.processor.asm.x86.Op.JNE;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.POP;
import static dev.tilesmith.processor.asm.x86.Op.PUSH;
import static dev.tilesmith.processor.asm.x86.Op.RET;
import static dev.tilesmith.processor.asm.x86.Op.VADDPS;
import static dev.tilesmith.processor.asm.x86.Op.VANDPS;
import static dev.tilesmith.processor.asm.x86.Op.VCVTDQ2PS;
import static dev.tilesmith.processor.asm.x86.Op.VCVTPH2PS;
import static dev.tilesmith.processor.asm.x86.Op.VEXTRACTI128;
import static dev.tilesmith.processor.asm.x86.Op.VINSERTI128;
import static dev.tilesmith.processor.asm.x86.Op.VINSERTI32X4;
import static dev.tilesmith.processor.asm.x86.Op.VMOVD;
import static dev.tilesmith.processor.asm.x86.Op.VMOVUPS;
import static dev.tilesmith.processor.asm.x86.Op.VMULPS;
import static dev.tilesmith.processor.asm.x86.Op.VORPS;
import static dev.tilesmith.processor.asm.x86.Op.VPACKUSDW;
import static dev.tilesmith.processor.asm.x86.Op.VPADDB;
import static dev.tilesmith.processor.asm.x86.Op.VPADDD;
import static dev.tilesmith.processor.asm.x86.Op.VPBROADCASTD;
import static dev.tilesmith.processor.asm.x86.Op.VPINSRW;
import static dev.tilesmith.processor.asm.x86.Op.VPMADDUBSW;
import static dev.tilesmith.processor.asm.x86.Op.VPMADDWD;
import static dev.tilesmith.processor.asm.x86.Op.VPMOVDW;
import static dev.tilesmith.processor.asm.x86.Op.VPSLLD;
import static dev.tilesmith.processor.asm.x86.Op.VPSRLD;
import static dev.tilesmith.processor.asm.x86.Op.VPUNPCKHDQ;
import static dev.tilesmith.processor.asm.x86.Op.VPUNPCKHQDQ;
import static dev.tilesmith.processor.asm.x86.Op.VPUNPCKLDQ;
import static dev.tilesmith.processor.asm.x86.Op.VPUNPCKLQDQ;
import static dev.tilesmith.processor.asm.x86.Op.VSUBPS;
import static dev.tilesmith.processor.asm.x86.Op.VXORPS;
import static dev.tilesmith.processor.asm.x86.Op.VZEROUPPER;

import dev.tilesmith.kernel.argument.PackerArguments;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.layout.PanelPart;
import dev.tilesmith.processor.asm.MachineCode;
import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.Mode;
import dev.tilesmith.processor.asm.x86.Vec;

/**
 * The function that lays rows of ggml's blocks, {@code Q4_0}, {@code Q4_1} or {@code Q8_0}, into one panel: {@code
 * f(arguments, source, source, panels)} by the System V convention, its arguments laid out by {@link PackerArguments}.
 *
 * <p>A vector has a dword of each of its columns. Of a block, each column's 16 bytes are read as four dwords, and turned so
 * that dword q of all columns is one vector: a transposition of 4 × 4 dwords in each 128 bits. Of four bits, byte i has values
 * i and i + 16; a panel's group of eight values along K has value i and i + 4 in a byte. So the low halves of dwords 0 and 1
 * make a panel's first dword, those of 2 and 3 its second, and the high halves its third and fourth.
 */
public final class BlockPackerCode {
    private static final int GROUP = PanelLayout.INT4_GROUP;
    private static final int PART = 16;
    private static final int DWORDS = PART / Integer.BYTES;
    private static final int OFFSET = 8;

    private static final int LOW = 0;
    private static final int ONES_OF_BYTES = 1;
    private static final int ONES_OF_WORDS = 2;
    private static final int ZERO_POINT = 3;
    private static final int REFUSED = 4;
    private static final int SUMS = 5;
    private static final int FIRST = 6;
    private static final int TURNED = 10;
    private static final int SUM = 14;
    private static final int SCALE = 15;

    /** int64 of the state: where the vector's columns of the panel begin. */
    private static final int COLUMNS = PackerArguments.STATE + Long.BYTES;

    private final Isa isa;
    private final Assembler asm;
    private final PanelLayout layout;
    private final BlockSource source;
    private final int nr;

    private BlockPackerCode(Isa isa, PanelLayout layout) {
        this.isa = isa;
        this.asm = new Assembler(isa == Isa.AVX512 ? Mode.EVEX : Mode.VEX);
        this.layout = layout;
        this.nr = layout.nr();
        this.source = new BlockSource(asm, isa, sourceBytes());
    }

    /**
     * Assembles the function.
     *
     * @param layout of panels of weights in blocks: kr is 4, or of eight bits 4 or 2
     */
    public static MachineCode assemble(Isa isa, PanelLayout layout) {
        final BlockPackerCode code = new BlockPackerCode(isa, layout);
        code.emit();
        return code.asm.assemble();
    }

    private Vec vector(int index) {
        return new Vec(isa.bits(), index);
    }

    private Mem constant(int bits) {
        return Mem.at(asm.constant(new int[] {bits}, Integer.BYTES));
    }

    /** Bytes of a block of the source: its scale, its min, its values. */
    private int sourceBytes() {
        return valuesAt() + valueBytes();
    }

    private int valuesAt() {
        return scalesOfBlock() * Short.BYTES;
    }

    private int valueBytes() {
        return Math.toIntExact(layout.weights().stored().bytes(GROUP));
    }

    /** A scale, and a min where there is one. */
    private int scalesOfBlock() {
        return layout.hasMins() ? 2 : 1;
    }

    private int scaleBytes() {
        return layout.scaleFormat().bytes();
    }

    /** Whether rows have zero points, so that {@code Σ scale * w} follows the blocks. */
    private boolean sums() {
        return !layout.pairsBlocks();
    }

    private int blockBytes() {
        return Math.toIntExact(layout.blockBytes(GROUP));
    }

    private void emit() {
        asm.emit(PUSH, RBX);
        source.enter();
        asm.emit(ADD, RCX, mem(RDI, PackerArguments.PANEL_OFFSET));
        source.begin();
        setConstants();
        for (int column = 0; column < nr; column += isa.lanes()) {
            columns(column);
        }
        reduceRefused();
        asm.emit(VZEROUPPER);
        asm.emit(POP, RBX);
        asm.emit(RET);
    }

    private void setConstants() {
        asm.emit(VPBROADCASTD, vector(LOW), constant(0x0f0f0f0f));
        asm.emit(VXORPS, Vec.xmm(REFUSED), Vec.xmm(REFUSED), Vec.xmm(REFUSED));
        if (sums()) {
            asm.emit(VPBROADCASTD, vector(ONES_OF_BYTES), constant(0x01010101));
            asm.emit(VPBROADCASTD, vector(ONES_OF_WORDS), constant(0x00010001));
            asm.emit(VPBROADCASTD, vector(ZERO_POINT), constant(-OFFSET * GROUP));
        }
    }

    /** All blocks of a vector of columns. */
    private void columns(int column) {
        source.beginColumns();
        asm.emit(MOV, mem(RDI, COLUMNS), RCX);
        asm.emit(MOV, RDX, mem(RDI, PackerArguments.BLOCKS));
        if (sums()) {
            asm.emit(VXORPS, Vec.xmm(SUMS), Vec.xmm(SUMS), Vec.xmm(SUMS));
        }
        asm.align(32);
        final Label block = new Label("columns" + column);
        asm.bind(block);
        source.fetchAhead();
        values(column);
        for (int i = 0; i < scalesOfBlock(); i++) {
            scale(column, i);
        }
        source.advance();
        asm.emit(ADD, RCX, new Imm(blockBytes()));
        asm.emit(DEC, RDX);
        asm.emit(JNE, block);
        if (sums()) {
            asm.emit(VMOVUPS, mem(RCX, column * Float.BYTES), vector(SUMS));
        }
        asm.emit(MOV, RCX, mem(RDI, COLUMNS));
    }

    private void values(int column) {
        for (int part = 0; part < valueBytes() / PART; part++) {
            for (int q = 0; q < DWORDS; q++) {
                load(q, valuesAt() + part * PART);
            }
            turn();
            if (layout.weights().stored().sharesBytes()) {
                pair(column, 0);
                pair(column, 1);
            } else {
                storeBytes(column, part * DWORDS);
            }
        }
    }

    /** Loads 16 bytes of blocks q, q + 4, q + 8 and q + 12, one in each 128 bits. */
    private void load(int q, int at) {
        asm.emit(VMOVUPS, Vec.xmm(FIRST + q), source.row(q, at));
        if (isa != Isa.AVX512) {
            asm.emit(VINSERTI128, Vec.ymm(FIRST + q), Vec.ymm(FIRST + q), source.row(q + DWORDS, at), new Imm(1));
            return;
        }
        for (int part = 1; part < isa.lanes() / DWORDS; part++) {
            final Vec vector = part == 1 ? Vec.ymm(FIRST + q) : vector(FIRST + q);
            asm.emit(VINSERTI32X4, vector, vector, source.row(q + part * DWORDS, at), new Imm(part));
        }
    }

    /** From a block in each 128 bits to a dword of each block. */
    private void turn() {
        asm.emit(VPUNPCKLDQ, vector(TURNED), vector(FIRST), vector(FIRST + 1));
        asm.emit(VPUNPCKHDQ, vector(TURNED + 1), vector(FIRST), vector(FIRST + 1));
        asm.emit(VPUNPCKLDQ, vector(TURNED + 2), vector(FIRST + 2), vector(FIRST + 3));
        asm.emit(VPUNPCKHDQ, vector(TURNED + 3), vector(FIRST + 2), vector(FIRST + 3));
        asm.emit(VPUNPCKLQDQ, vector(FIRST), vector(TURNED), vector(TURNED + 2));
        asm.emit(VPUNPCKHQDQ, vector(FIRST + 1), vector(TURNED), vector(TURNED + 2));
        asm.emit(VPUNPCKLQDQ, vector(FIRST + 2), vector(TURNED + 1), vector(TURNED + 3));
        asm.emit(VPUNPCKHQDQ, vector(FIRST + 3), vector(TURNED + 1), vector(TURNED + 3));
    }

    /** Stores the low halves of two dwords as one, their high halves as one, and sums all four values of each byte. */
    private void pair(int column, int pair) {
        final Vec first = vector(FIRST + 2 * pair);
        final Vec second = vector(FIRST + 2 * pair + 1);
        final Vec firstLow = vector(TURNED);
        final Vec secondLow = vector(TURNED + 1);
        final Vec shifted = vector(TURNED + 2);
        asm.emit(VANDPS, firstLow, first, vector(LOW));
        asm.emit(VANDPS, secondLow, second, vector(LOW));
        asm.emit(VXORPS, first, first, firstLow);
        asm.emit(VXORPS, second, second, secondLow);
        asm.emit(VPSLLD, shifted, secondLow, new Imm(4));
        asm.emit(VORPS, shifted, shifted, firstLow);
        asm.emit(VMOVUPS, dword(column, pair), shifted);
        asm.emit(VPSRLD, first, first, new Imm(4));
        asm.emit(VORPS, shifted, first, second);
        asm.emit(VMOVUPS, dword(column, 2 + pair), shifted);
        if (sums()) {
            asm.emit(VPSRLD, second, second, new Imm(4));
            asm.emit(VPADDB, firstLow, firstLow, secondLow);
            asm.emit(VPADDB, first, first, second);
            asm.emit(VPADDB, first, first, firstLow);
        }
    }

    /** Stores dwords from {@code first} on, of four values of eight bits each; where two lie together, in two halves. */
    private void storeBytes(int column, int first) {
        for (int q = 0; q < DWORDS; q++) {
            final Vec values = vector(FIRST + q);
            if (layout.kr() == Integer.BYTES) {
                asm.emit(VMOVUPS, dword(column, first + q), values);
                continue;
            }
            final Vec half = vector(TURNED);
            asm.emit(VPSLLD, half, values, new Imm(Short.SIZE));
            asm.emit(VPSRLD, half, half, new Imm(Short.SIZE));
            shorten(half, word(column, 2 * (first + q)));
            asm.emit(VPSRLD, values, values, new Imm(Short.SIZE));
            shorten(values, word(column, 2 * (first + q) + 1));
        }
    }

    private Mem word(int column, int index) {
        return mem(RCX, (index * nr + column) * Short.BYTES);
    }

    private Mem dword(int column, int index) {
        return mem(RCX, (index * nr + column) * Integer.BYTES);
    }

    /** Stores the scales of a block, or what is next to them. */
    private void scale(int column, int index) {
        gather(index);
        final Vec halves = new Vec(isa.bits() / 2, SCALE);
        final long part = layout.offsetOf(index == 0 ? PanelPart.BLOCK_SCALES : PanelPart.BLOCK_MINIMA);
        final Mem to = mem(RCX, nr * valueBytes() + Math.toIntExact(part) + column * scaleBytes());
        final Vec wide = vector(TURNED);
        asm.emit(VCVTPH2PS, wide, halves);
        asm.emit(VSUBPS, vector(TURNED + 1), wide, wide); // NaN of what is not finite
        asm.emit(VORPS, vector(REFUSED), vector(REFUSED), vector(TURNED + 1));
        if (!sums()) {
            asm.emit(VMOVUPS, to, halves);
            return;
        }
        addSums(wide);
        if (scaleBytes() == Float.BYTES) {
            asm.emit(VMOVUPS, to, wide);
            return;
        }
        asm.emit(VPSLLD, vector(TURNED + 1), wide, new Imm(Short.SIZE));
        asm.emit(VORPS, vector(REFUSED), vector(REFUSED), vector(TURNED + 1));
        asm.emit(VPSRLD, wide, wide, new Imm(Short.SIZE));
        shorten(wide, to);
    }

    private void shorten(Vec wide, Mem to) {
        if (isa == Isa.AVX512) {
            asm.emit(VPMOVDW, to, wide);
            return;
        }
        asm.emit(VEXTRACTI128, Vec.xmm(SCALE), wide, new Imm(1));
        asm.emit(VPACKUSDW, Vec.xmm(SCALE), wide.as(128), Vec.xmm(SCALE));
        asm.emit(VMOVUPS, to, Vec.xmm(SCALE));
    }

    /** Two bytes of each block. */
    private void gather(int index) {
        final int at = index * Short.BYTES;
        for (int j = 0; j < 8; j++) { // the first into a register that is long there: all of it is replaced
            asm.emit(VPINSRW, Vec.xmm(SCALE), Vec.xmm(j == 0 ? LOW : SCALE), source.row(j, at), new Imm(j));
            if (isa == Isa.AVX512) {
                asm.emit(VPINSRW, Vec.xmm(SUM), Vec.xmm(j == 0 ? LOW : SUM), source.row(8 + j, at), new Imm(j));
            }
        }
        if (isa == Isa.AVX512) {
            asm.emit(VINSERTI32X4, Vec.ymm(SCALE), Vec.ymm(SCALE), Vec.xmm(SUM), new Imm(1));
        }
    }

    /** Adds {@code scale * Σ w} of the block, multiplied and then added. */
    private void addSums(Vec scale) {
        final Vec sum = vector(SUM);
        asm.emit(VPADDB, sum, vector(FIRST), vector(FIRST + 2));
        asm.emit(VPMADDUBSW, sum, sum, vector(ONES_OF_BYTES));
        asm.emit(VPMADDWD, sum, sum, vector(ONES_OF_WORDS));
        asm.emit(VPADDD, sum, sum, vector(ZERO_POINT));
        asm.emit(VCVTDQ2PS, sum, sum);
        asm.emit(VMULPS, sum, scale, sum);
        asm.emit(VADDPS, vector(SUMS), vector(SUMS), sum);
    }

    private void reduceRefused() {
        Lanes.reduce(asm, isa, VORPS, vector(REFUSED), vector(FIRST));
        asm.emit(VMOVD, RAX.as(32), Vec.xmm(REFUSED));
        asm.emit(MOV, mem(RDI, PackerArguments.REFUSED), RAX.as(32));
    }
}
