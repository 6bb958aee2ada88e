package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.B_NE;
import static dev.tilesmith.processor.asm.aarch64.Op.CBZ;
import static dev.tilesmith.processor.asm.aarch64.Op.LDR;
import static dev.tilesmith.processor.asm.aarch64.Op.STR;
import static dev.tilesmith.processor.asm.aarch64.Op.SUBS;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.SCRATCH;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.STEPS;

import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Label;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.program.Program;

/**
 * The loop of a tile over the blocks along K, and in it that over the groups of {@value PanelLayout#INT4_GROUP} values of
 * each. Where rows have scales for the same blocks as weights, a block is one group, and there is no loop in the loop.
 */
final class NeonBlockLoop {
    private static final int ALIGNMENT = 32;

    /** int64 of the argument block's state: blocks still to do, the one at hand among them. */
    private static final Mem BLOCKS_LEFT = Mem.at(ARGUMENTS, NativeArguments.STATE + 24);

    private final Assembler asm;
    private final Program program;
    private final String name;
    private final Aligned aligned;

    /** Which of two loops begins at a multiple of {@value #ALIGNMENT} bytes. */
    enum Aligned {
        BLOCKS,
        GROUPS
    }

    /**
     * What adds the code of a block. None of it may change {@code STEPS}; {@code SCRATCH} is free in all of it.
     *
     * @param begin begins the sums of the block
     * @param group adds the products of a group to the sums
     * @param end adds the sums to the totals, if there are some
     */
    record Block(Runnable begin, Runnable group, Runnable end) {}

    /**
     * The loop of a tile.
     *
     * @param name what its labels begin with
     */
    NeonBlockLoop(Assembler asm, Program program, String name, Aligned aligned) {
        this.asm = asm;
        this.program = program;
        this.name = name;
        this.aligned = aligned;
    }

    private Label label(String place) {
        return new Label(name + "_" + place);
    }

    /** Adds the loop. */
    void emit(Block block) {
        if (program.contraction().scalesRows()) {
            blocksOfOneGroup(block);
        } else {
            blocksOfGroups(block);
        }
        asm.bind(label("finish"));
    }

    private void blocksOfOneGroup(Block block) {
        asm.emit(LDR, STEPS, Mem.at(ARGUMENTS, NativeArguments.BLOCKS));
        asm.emit(CBZ, STEPS, label("finish"));
        asm.align(ALIGNMENT);
        asm.bind(label("block"));
        block.begin().run();
        block.group().run();
        block.end().run();
        asm.emit(SUBS, STEPS, STEPS, new Imm(1));
        asm.emit(B_NE, label("block"));
    }

    private void blocksOfGroups(Block block) {
        asm.emit(LDR, SCRATCH, Mem.at(ARGUMENTS, NativeArguments.BLOCKS));
        asm.emit(CBZ, SCRATCH, label("finish"));
        align(Aligned.BLOCKS);
        asm.bind(label("block"));
        asm.emit(STR, SCRATCH, BLOCKS_LEFT);
        block.begin().run();
        asm.emit(LDR, STEPS, Mem.at(ARGUMENTS, NativeArguments.STEPS));
        asm.emit(CBZ, STEPS, label("block_end"));
        align(Aligned.GROUPS);
        asm.bind(label("group"));
        block.group().run();
        asm.emit(SUBS, STEPS, STEPS, new Imm(1));
        asm.emit(B_NE, label("group"));
        asm.bind(label("block_end"));
        block.end().run();
        asm.emit(LDR, SCRATCH, BLOCKS_LEFT);
        asm.emit(SUBS, SCRATCH, SCRATCH, new Imm(1));
        asm.emit(B_NE, label("block"));
    }

    private void align(Aligned loop) {
        if (aligned == loop) {
            asm.align(ALIGNMENT);
        }
    }
}
