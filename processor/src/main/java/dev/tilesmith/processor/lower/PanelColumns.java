package dev.tilesmith.processor.lower;

import dev.tilesmith.kernel.layout.PanelPart;
import dev.tilesmith.kernel.layout.PanelParts;
import dev.tilesmith.processor.program.BlockEnd;
import dev.tilesmith.processor.program.ColumnPart;
import dev.tilesmith.processor.program.Decoding;
import dev.tilesmith.processor.program.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where a panel has what a program reads of it besides values: by name, so that layouts alone say how far things are apart. */
public final class PanelColumns {
    private final PanelParts metadata;
    private final PanelParts blockEnd;

    private PanelColumns(PanelParts metadata, PanelParts blockEnd) {
        this.metadata = metadata;
        this.blockEnd = blockEnd;
    }

    /** Where panels have it that are as wide as the tile. */
    public static PanelColumns of(Program program) {
        return of(program, program.nr());
    }

    /**
     * Where panels have it.
     *
     * @param nr columns of a panel, which a tile need not have all of
     */
    public static PanelColumns of(Program program, int nr) {
        final BlockEnd end = program.contraction().end();
        return new PanelColumns(
                new PanelParts(nr, scaleBytes(end), metadata(program)),
                new PanelParts(nr, scaleBytes(end), parts(end)));
    }

    private static List<PanelPart> metadata(Program program) {
        final Stream<PanelPart> ofColumns = program.epilogue().parts().stream().map(PanelColumns::part);
        final Stream<PanelPart> table = program.contraction().rhs().stored() == Decoding.Stored.TWO_BITS
                ? Stream.of(PanelPart.TABLE, PanelPart.SMALLEST)
                : Stream.empty();
        final Stream<PanelPart> biases =
                program.contraction().beginsWithBias() ? Stream.of(PanelPart.BIASES) : Stream.empty();
        return Stream.of(ofColumns, biases, table).flatMap(part -> part).toList();
    }

    private static PanelPart part(ColumnPart part) {
        return switch (part) {
            case WEIGHT_SUM -> PanelPart.WEIGHT_SUMS;
            case BEGINNING -> PanelPart.BEGINNINGS;
            case SCALE -> PanelPart.SCALES;
            case MULTIPLIER -> PanelPart.MULTIPLIERS;
            case BIAS -> PanelPart.BIASES;
            case ZERO_POINT -> PanelPart.ZERO_POINTS;
        };
    }

    private static List<PanelPart> parts(BlockEnd end) {
        return switch (end) {
            case BlockEnd.None _ -> List.of();
            case BlockEnd.OfWeights _ -> List.of(PanelPart.BLOCK_SCALES);
            case BlockEnd.OfBoth both -> {
                final List<PanelPart> parts = new ArrayList<>(List.of(PanelPart.BLOCK_SCALES));
                if (both.minima()) {
                    parts.add(PanelPart.BLOCK_MINIMA);
                }
                yield parts;
            }
        };
    }

    private static int scaleBytes(BlockEnd end) {
        return switch (end) {
            case BlockEnd.None _ -> 0;
            case BlockEnd.OfWeights weights -> weights.scale().bytes();
            case BlockEnd.OfBoth both -> both.scale().bytes();
        };
    }

    /** Bytes from a panel's metadata to what its columns have. */
    public int offsetOf(ColumnPart part) {
        return Math.toIntExact(metadata.offsetOf(part(part)));
    }

    /** Bytes from a panel's metadata to the biases that sums begin with. */
    public int biases() {
        return Math.toIntExact(metadata.offsetOf(PanelPart.BIASES));
    }

    /** Bytes from a panel's metadata to the table of weights of two bits. */
    public int table() {
        return Math.toIntExact(metadata.offsetOf(PanelPart.TABLE));
    }

    /** Bytes from a panel's metadata to the smallest value of the table. */
    public int smallest() {
        return Math.toIntExact(metadata.offsetOf(PanelPart.SMALLEST));
    }

    /** Bytes from the scales of a block to its minima. */
    public int minima() {
        return Math.toIntExact(blockEnd.offsetOf(PanelPart.BLOCK_MINIMA));
    }

    /** Bytes from the scales of a block to the next block. */
    public int blockEnd() {
        return Math.toIntExact(blockEnd.bytes());
    }

    /** What a panel has after its values. */
    public PanelParts metadata() {
        return metadata;
    }

    /** What a block has after its values. */
    public PanelParts ofBlocks() {
        return blockEnd;
    }
}
