package dev.tilesmith.kernel.packed;

import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.layout.PanelPart;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.WeightScales;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Packed weights: the panels, how they are laid out, and the sizes that every call needs. */
public final class PackedPanels implements PackedRhs {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final PanelLayout layout;
    private final int n;
    private final int k;
    private final int blockLength;
    private final MemorySegment data;
    private final long panelBytes;
    private final long metadataOffset;
    private final long stepBytes;
    private final long blockBytes;
    private final int blocks;
    private final Map<PanelPart, Long> parts;
    private final int beginningFactor;
    private final Optional<PanelFamily> family;

    /**
     * Weights that have been packed, without blocks.
     *
     * @param layout how the panels are laid out
     * @param n number of output channels
     * @param k length of the sums
     * @param data the panels: {@code layout.bytes(n, k)} bytes outside the heap, best at a multiple of 64
     */
    public PackedPanels(PanelLayout layout, int n, int k, MemorySegment data) {
        this(layout, n, k, k, data);
    }

    /**
     * Weights that have been packed.
     *
     * @param layout how the panels are laid out
     * @param n number of output channels
     * @param k length of the sums
     * @param blockLength values along K that share a scale: 32, 64, 128 or 256, of which k is a multiple; k where
     *     weights have no blocks
     * @param data the panels: {@code layout.bytes(n, k, blockLength)} bytes outside the heap, best at a multiple of 64
     */
    public PackedPanels(PanelLayout layout, int n, int k, int blockLength, MemorySegment data) {
        this(layout, n, k, blockLength, data, Optional.empty());
    }

    private PackedPanels(
            PanelLayout layout, int n, int k, int blockLength, MemorySegment data, Optional<PanelFamily> family) {
        if (!data.isNative()) {
            throw new IllegalArgumentException(
                    "data: a segment over a Java array; expected memory outside the heap, where kernels read weights");
        }
        final long bytes = bytes(layout, n, k, blockLength);
        if (data.byteSize() != bytes) {
            throw new IllegalArgumentException(
                    "data: " + data.byteSize() + " bytes; " + n + " x " + k + " in " + layout + " take " + bytes);
        }
        this.family = family;
        this.blockLength = blockLength;
        this.layout = layout;
        this.n = n;
        this.k = k;
        this.data = data;
        // Every call needs these, and small products are over in less time than their divisions take.
        this.panelBytes = layout.panelBytes(k, blockLength);
        this.metadataOffset = layout.metadataOffset(k, blockLength);
        this.stepBytes = layout.stepBytes(k, blockLength);
        this.blockBytes = layout.hasBlocks() ? layout.blockBytes(blockLength) : metadataOffset;
        this.blocks = layout.hasBlocks() ? k / blockLength : 1;
        this.parts = parts();
        this.beginningFactor = -layout.weights().added();
    }

    private Map<PanelPart, Long> parts() {
        final Map<PanelPart, Long> places = new EnumMap<>(PanelPart.class);
        layout.parts(PanelPart.Place.METADATA)
                .parts()
                .forEach(part -> places.put(part, metadataOffset + layout.offsetOf(part)));
        return places;
    }

    /**
     * Bytes that weights take.
     *
     * @throws IllegalArgumentException if there are no such weights
     */
    static long bytes(PanelLayout layout, int n, int k, int blockLength) {
        if (layout.hasBlocks()) {
            WeightScales.OfBlocks.checkLength(k, blockLength);
            if (layout.pairsBlocks() && blockLength != PanelLayout.INT4_GROUP) {
                throw new IllegalArgumentException(
                        "blockLength: " + blockLength + "; blocks of " + layout + " are of " + PanelLayout.INT4_GROUP);
            }
        } else if (blockLength != k) {
            throw new IllegalArgumentException(
                    "blockLength: " + blockLength + "; " + layout + " has no blocks: expected k = " + k);
        }
        layout.weights().checkLength(k);
        return layout.bytes(n, k, blockLength);
    }

    /**
     * The panels of packed weights.
     *
     * @throws IllegalArgumentException if no kernel has packed them
     */
    public static PackedPanels of(PackedRhs rhs) {
        if (rhs instanceof PackedPanels panels) {
            return panels;
        }
        throw new IllegalArgumentException(
                "rhs: a " + rhs.getClass().getName() + "; expected what packRhs or mapRhs of a kernel has returned");
    }

    /**
     * The same weights, as those of a family that reads them.
     *
     * @throws IllegalArgumentException if it does not
     */
    public PackedPanels of(PanelFamily reader) {
        if (!Objects.equals(reader.layout(), layout)) { // one object as a rule: what compares records takes linking
            throw new IllegalArgumentException(
                    "reader: a family that reads " + reader.layout() + "; these weights are packed as " + layout);
        }
        return new PackedPanels(layout, n, k, blockLength, data, Optional.of(reader));
    }

    @Override
    public PanelFamily family() {
        return family.orElseThrow(
                () -> new IllegalStateException(this + ": put together from parts; expected what a kernel has packed"));
    }

    @Override
    public void save(Path path) throws IOException {
        PackedWriter.save(new PackedHeader(layout, n, k, blockLength, data.byteSize(), 0), data, path);
    }

    /** How the panels are laid out. */
    public PanelLayout layout() {
        return layout;
    }

    @Override
    public int n() {
        return n;
    }

    @Override
    public int k() {
        return k;
    }

    @Override
    public int blockLength() {
        return blockLength;
    }

    /** Blocks along K: one where weights have none. */
    public int blocks() {
        return blocks;
    }

    /** Bytes of a block with what ends it; of all values where there are none. */
    public long blockBytes() {
        return blockBytes;
    }

    /** Whether panels have a part after their values. */
    public boolean has(PanelPart part) {
        return parts.containsKey(part);
    }

    /**
     * Bytes from the start of a panel to a part that is after its values.
     *
     * @throws IllegalArgumentException if panels do not have it
     */
    public long at(PanelPart part) {
        final Long at = parts.get(part);
        if (at == null) {
            throw new IllegalArgumentException("part: " + part + "; a panel of " + layout + " does not have it there");
        }
        return at;
    }

    /**
     * By what {@code Σ q} of a row is multiplied to get what its sums begin with: what was added to weights to store them
     * unsigned, negative; 0 where they are stored as they are.
     */
    public int beginningFactor() {
        return has(PanelPart.SMALLEST) && n > 0 ? data.get(INT, at(PanelPart.SMALLEST)) : beginningFactor;
    }

    /** The table of weights of two bits, less its smallest value: four unsigned bytes, the first in the lowest bits; else 0. */
    public int table() {
        return has(PanelPart.TABLE) ? data.get(INT, at(PanelPart.TABLE)) : 0;
    }

    @Override
    public MemorySegment data() {
        return data;
    }

    /** Bytes from one panel to the next. */
    public long panelBytes() {
        return panelBytes;
    }

    /** Bytes from the start of a panel to its metadata. */
    public long metadataOffset() {
        return metadataOffset;
    }

    /** Bytes of a panel that a step along K takes, of the scales of blocks its part. */
    public long stepBytes() {
        return stepBytes;
    }

    @Override
    public String toString() {
        return "PackedRhs[" + n + " x " + k + ", " + layout + "]";
    }
}
