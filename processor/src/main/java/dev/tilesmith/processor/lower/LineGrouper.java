package dev.tilesmith.processor.lower;

import dev.tilesmith.processor.asm.MachineCode;
import dev.tilesmith.processor.program.Contraction;

/** What a target is whose code of depthwise convolutions multiplies several columns of an image at once. */
public interface LineGrouper {
    /**
     * The function that lays lines of images in groups of columns.
     *
     * @param contraction what is summed of them
     * @throws IllegalArgumentException if there is no such code
     */
    MachineCode lines(Contraction contraction);
}
