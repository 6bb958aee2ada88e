package dev.tilesmith.kernel.packing;

import static dev.tilesmith.kernel.packing.WeightsPart.BLOCK_SCALES;
import static dev.tilesmith.kernel.packing.WeightsPart.MINS;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.layout.WeightsFormat;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.kernel.packing.Intake.Source;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Halves;
import java.util.List;

/**
 * How weights of a format get into panels. The one place that says so.
 *
 * @param sources what they are made of
 * @param panels packs them, after it is known that they are all that is taken, and no more
 */
public record RhsPacker(List<Source> sources, Panels panels) {
    /** Packs weights into panels. */
    @FunctionalInterface
    interface Panels {
        PackedPanels pack(Weights weights, PanelLayout layout, Packing packing);
    }

    private static RhsPacker of(WeightsFormat format) {
        return switch (format) {
            case FLOATS -> new RhsPacker(List.of(Source.alone(ValueKind.F32)), F32RhsPacker::pack);
            case F16 ->
                new RhsPacker(
                        List.of(Source.alone(ValueKind.F16), Source.alone(ValueKind.F32)),
                        new HalfRhsPacker(Halves.F16)::pack);
            case BF16 ->
                new RhsPacker(
                        List.of(Source.alone(ValueKind.BF16), Source.alone(ValueKind.F32)),
                        new HalfRhsPacker(Halves.BF16)::pack);
            case INT8 ->
                new RhsPacker(
                        List.of(Source.ofChannels(ValueKind.INT8), Source.alone(ValueKind.F32)), Int8RhsPacker::pack);
            case INT4 ->
                new RhsPacker(
                        List.of(Source.ofChannels(ValueKind.INT4), Source.alone(ValueKind.F32)),
                        Int4RhsPacker::packChannels);
            case TWO_BITS -> new RhsPacker(List.of(Source.ofChannels(ValueKind.INT2)), TwoBitRhsPacker::pack);
            case INT4_BLOCKS ->
                new RhsPacker(
                        List.of(
                                Source.ofBlocks(ValueKind.INT4, BLOCK_SCALES),
                                Source.alone(ValueKind.Q4_0),
                                Source.floatsForBlocks()),
                        Int4RhsPacker::packBlocks);
            case PAIRED_INT4 ->
                new RhsPacker(
                        List.of(
                                Source.ofBlocks(ValueKind.INT4, BLOCK_SCALES),
                                Source.alone(ValueKind.Q4_0),
                                Source.floatsForBlocks()),
                        new F16BlockRhsPacker(GgmlQ4Zero::new)::pack);
            case PAIRED_INT4_WITH_MINIMA ->
                new RhsPacker(
                        List.of(
                                Source.ofBlocks(ValueKind.INT4, BLOCK_SCALES, MINS),
                                Source.alone(ValueKind.Q4_1),
                                Source.floatsForBlocks()),
                        new F16BlockRhsPacker(GgmlQ4One::new)::pack);
            case PAIRED_INT8 ->
                new RhsPacker(
                        List.of(
                                Source.ofBlocks(ValueKind.INT8, BLOCK_SCALES),
                                Source.alone(ValueKind.Q8_0),
                                Source.floatsForBlocks()),
                        new F16BlockRhsPacker(GgmlQ8Zero::new)::pack);
        };
    }

    /**
     * Packs.
     *
     * @throws IllegalArgumentException if the weights are not what the layout's format takes
     */
    public static PackedPanels pack(Weights weights, PanelLayout layout, Packing packing) {
        final RhsPacker packer = of(layout.weights());
        Intake.of(layout, packer.sources).check(weights);
        GivenScales.check(weights, layout);
        layout.weights().checkLength(weights.k());
        StaticMetadata.check(weights, layout);
        return packer.panels.pack(weights, layout, packing);
    }
}
