package dev.tilesmith.processor.lower;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.processor.asm.MachineCode;

/** What a target is that has machine code for packing weights. Those of others are packed in Java. */
public interface BlockPacker {
    /** The function that lays ggml's blocks into panels of such a layout, which have blocks with scales of their own. */
    MachineCode packer(PanelLayout layout);
}
