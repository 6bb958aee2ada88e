package dev.tilesmith.kernel.layout;

import java.util.List;

/** What of weights has a scale of its own, and what else a panel then has. */
public enum Scaling {
    /** Nothing: weights are what they stand for. */
    NONE(List.of(), List.of()),
    /** An output channel. */
    CHANNELS(List.of(), List.of(PanelPart.WEIGHT_SUMS, PanelPart.SCALES)),
    /** A block along K of an output channel; rows have one scale and zero point. */
    BLOCKS(List.of(PanelPart.BLOCK_SCALES), List.of(PanelPart.WEIGHT_SUMS)),
    /** A block along K of an output channel; rows have scales for the same blocks, and no zero points. */
    PAIRED_BLOCKS(List.of(PanelPart.BLOCK_SCALES), List.of()),
    /** The same, and a block has a minimum too, which is what 0 stands for. */
    PAIRED_BLOCKS_WITH_MINIMA(List.of(PanelPart.BLOCK_SCALES, PanelPart.BLOCK_MINIMA), List.of());

    private final List<PanelPart> ofBlocks;
    private final List<PanelPart> ofColumns;

    Scaling(List<PanelPart> ofBlocks, List<PanelPart> ofColumns) {
        this.ofBlocks = ofBlocks;
        this.ofColumns = ofColumns;
    }

    /** What is after the values of a block. */
    public List<PanelPart> ofBlocks() {
        return ofBlocks;
    }

    /** What columns have for floats to be made of their sums. */
    public List<PanelPart> ofColumns() {
        return ofColumns;
    }

    /** Whether there are blocks. */
    public boolean hasBlocks() {
        return !ofBlocks.isEmpty();
    }

    /** Whether rows have scales for the same blocks: then columns need nothing besides. */
    public boolean isPaired() {
        return hasBlocks() && ofColumns.isEmpty();
    }

    /** Whether a block has a minimum. */
    public boolean hasMinima() {
        return ofBlocks.contains(PanelPart.BLOCK_MINIMA);
    }
}
