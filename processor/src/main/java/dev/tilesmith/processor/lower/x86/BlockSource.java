package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Gpr.R10;
import static dev.tilesmith.processor.asm.x86.Gpr.R11;
import static dev.tilesmith.processor.asm.x86.Gpr.R8;
import static dev.tilesmith.processor.asm.x86.Gpr.R9;
import static dev.tilesmith.processor.asm.x86.Gpr.RAX;
import static dev.tilesmith.processor.asm.x86.Gpr.RBX;
import static dev.tilesmith.processor.asm.x86.Gpr.RDI;
import static dev.tilesmith.processor.asm.x86.Gpr.RSI;
import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.LEA;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.PREFETCHT0;

import dev.tilesmith.kernel.argument.PackerArguments;
import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Gpr;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Mem;

/** The rows of ggml's blocks that a packer reads, those of a vector of columns at once, block by block. */
final class BlockSource {
    private static final int LINE = 64;

    /** Rows that a pointer reaches. */
    private static final int ROWS_PER_POINTER = 8;

    /** int64 of the state: where the first row of the vector's columns begins. */
    private static final int ROWS = PackerArguments.STATE;

    /** The first row at hand as the function begins; then seven times the distance between rows. */
    private static final Gpr STRIDE_7 = RSI;

    private static final Gpr STRIDE = RAX;
    private static final Gpr STRIDE_3 = R10;
    private static final Gpr STRIDE_5 = R11;

    /** The block at hand of a vector's first row, and of its ninth, if there is one. */
    private static final Gpr FIRST = R8;

    private static final Gpr NINTH = R9;

    /** What is fetched ahead. */
    private static final Gpr AHEAD = RBX;

    private final Assembler asm;
    private final Isa isa;
    private final int blockBytes;

    /**
     * Rows of blocks.
     *
     * @param blockBytes bytes of a block
     */
    BlockSource(Assembler asm, Isa isa, int blockBytes) {
        this.asm = asm;
        this.isa = isa;
        this.blockBytes = blockBytes;
    }

    /** At the start of the function: goes to the first row that the caller means. */
    void enter() {
        asm.emit(ADD, RSI, mem(RDI, PackerArguments.SOURCE_OFFSET));
        asm.emit(MOV, mem(RDI, ROWS), RSI);
    }

    /** At the start of the function, afterwards: sets what all columns have in common. */
    void begin() {
        asm.emit(MOV, STRIDE, mem(RDI, PackerArguments.SOURCE_STRIDE));
        asm.emit(LEA, STRIDE_3, mem(STRIDE, STRIDE, 2, 0));
        asm.emit(LEA, STRIDE_5, mem(STRIDE, STRIDE, 4, 0));
        asm.emit(LEA, STRIDE_7, mem(STRIDE_5, STRIDE, 2, 0));
    }

    /** Goes to the first blocks of the next vector of columns. */
    void beginColumns() {
        asm.emit(MOV, FIRST, mem(RDI, ROWS));
        if (isa == Isa.AVX512) {
            asm.emit(LEA, NINTH, mem(FIRST, STRIDE, ROWS_PER_POINTER, 0));
        }
        asm.emit(LEA, AHEAD, mem(isa == Isa.AVX512 ? NINTH : FIRST, STRIDE, ROWS_PER_POINTER, 0));
        asm.emit(MOV, mem(RDI, ROWS), AHEAD);
    }

    /**
     * Fetches what the next vector of columns reads, where its rows come right after these: the rows of one vector are too
     * many streams for the processor to foresee them.
     */
    void fetchAhead() {
        final int bytes = isa.lanes() * blockBytes;
        for (int at = 0; at < bytes; at += LINE) {
            asm.emit(PREFETCHT0, mem(AHEAD, at));
        }
        asm.emit(ADD, AHEAD, new Imm(bytes));
    }

    /** Goes to the next block of each row. */
    void advance() {
        asm.emit(ADD, FIRST, new Imm(blockBytes));
        if (isa == Isa.AVX512) {
            asm.emit(ADD, NINTH, new Imm(blockBytes));
        }
    }

    /** Byte {@code at} of the block of a row of the vector's columns. */
    Mem row(int row, int at) {
        final Gpr first = row < ROWS_PER_POINTER ? FIRST : NINTH;
        return switch (row % ROWS_PER_POINTER) {
            case 0 -> mem(first, at);
            case 3 -> mem(first, STRIDE_3, 1, at);
            case 5 -> mem(first, STRIDE_5, 1, at);
            case 6 -> mem(first, STRIDE_3, 2, at);
            case 7 -> mem(first, STRIDE_7, 1, at);
            case 1, 2, 4 -> mem(first, STRIDE, row % ROWS_PER_POINTER, at);
            default -> throw new IllegalArgumentException("row: " + row + "; expected one of a vector's");
        };
    }
}
