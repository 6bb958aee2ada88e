package dev.tilesmith.kernel.packing;

import static dev.tilesmith.kernel.packing.WeightsPart.BIAS;
import static dev.tilesmith.kernel.packing.WeightsPart.BLOCK_LENGTH;
import static dev.tilesmith.kernel.packing.WeightsPart.CHANNEL_SCALES;
import static dev.tilesmith.kernel.packing.WeightsPart.INT_BIAS;
import static dev.tilesmith.kernel.packing.WeightsPart.REQUANTIZATION;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.runtime.Weights;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What packed weights are made of: the kinds of values that may be given, and the parts that come with each. All that is
 * given besides is refused by name: what a kernel has no use for would be dropped, and results would be of other weights
 * than the caller's.
 *
 * @param layout how the weights are packed
 * @param sources the kinds, and what each comes with
 * @param ends what comes with all of them, as the result has it
 */
record Intake(PanelLayout layout, List<Source> sources, Parts ends) {
    private static final Parts NOTHING = new Parts(List.of(), List.of());

    /**
     * Parts of weights.
     *
     * @param needed those without which weights cannot be packed
     * @param optional those that may be left out
     */
    record Parts(List<WeightsPart> needed, List<WeightsPart> optional) {
        private static Parts needed(WeightsPart... parts) {
            return new Parts(List.of(parts), List.of());
        }

        private static Parts optional(WeightsPart... parts) {
            return new Parts(List.of(), List.of(parts));
        }

        Stream<WeightsPart> all() {
            return Stream.concat(needed.stream(), optional.stream());
        }
    }

    /**
     * A kind of values.
     *
     * @param kind the kind
     * @param parts what it comes with
     */
    record Source(ValueKind kind, Parts parts) {
        /** Values that come with nothing. */
        static Source alone(ValueKind kind) {
            return new Source(kind, NOTHING);
        }

        /** f32 values that are quantized in blocks, of a length that may be asked for. */
        static Source floatsForBlocks() {
            return new Source(ValueKind.F32, Parts.optional(BLOCK_LENGTH));
        }

        /** Values of channels, with their scales. */
        static Source ofChannels(ValueKind kind) {
            return new Source(kind, Parts.needed(CHANNEL_SCALES));
        }

        /** Values of blocks, with what these have. Of no values there are no scales: then a block length says that they are in blocks. */
        static Source ofBlocks(ValueKind kind, WeightsPart... needed) {
            return new Source(kind, new Parts(List.of(needed), List.of(BLOCK_LENGTH)));
        }
    }

    /**
     * What weights of such a layout are made of.
     *
     * @param sources what weights of its format are made of, where results are floats
     */
    static Intake of(PanelLayout layout, List<Source> sources) {
        return switch (layout.result()) {
            case FLOATS, F16, BF16 -> new Intake(layout, sources, Parts.optional(BIAS));
            case SUMS -> new Intake(layout, ofIntegers(sources), Parts.optional(INT_BIAS, REQUANTIZATION));
            case INT8 -> new Intake(layout, sources, new Parts(List.of(REQUANTIZATION), List.of(INT_BIAS)));
        };
    }

    /** Sums are of integers as they are given: there is nothing to scale, and nobody would know what floats were divided by. */
    private static List<Source> ofIntegers(List<Source> sources) {
        return sources.stream()
                .filter(source -> source.kind() != ValueKind.F32)
                .map(source -> new Source(source.kind(), NOTHING))
                .toList();
    }

    /**
     * Fails unless weights are of a kind that is taken, with all that belongs to it and nothing besides.
     *
     * @throws IllegalArgumentException with the name of what is missing, or is too much
     */
    void check(Weights weights) {
        final ValueKind kind = ValueKind.of(weights);
        final Parts parts = sources.stream()
                .filter(source -> source.kind() == kind)
                .findFirst()
                .map(Source::parts)
                .orElseThrow(() -> wrongKind(kind));
        final Map<WeightsPart, String> given = WeightsPart.of(weights);
        if (!layout.bias()) {
            checkNoBias(given);
        }
        given.forEach((part, value) -> {
            if (all(parts).noneMatch(part::equals)) {
                throw tooMuch(part, value, kind, parts);
            }
        });
        Stream.concat(parts.needed().stream(), ends.needed().stream())
                .filter(part -> part.isNeeded(weights) && !given.containsKey(part))
                .findFirst()
                .ifPresent(part -> {
                    throw new IllegalArgumentException(part.component() + ": none; " + kind.noun() + " for "
                            + layout.format() + " to " + layout.dst() + " need them: use Weights." + part.method());
                });
    }

    private Stream<WeightsPart> all(Parts parts) {
        return Stream.concat(parts.all(), ends.all());
    }

    /** Of the kind that there would be, were it declared. */
    private void checkNoBias(Map<WeightsPart, String> given) {
        for (final WeightsPart part : List.of(BIAS, INT_BIAS)) {
            if (given.containsKey(part) && ends.all().anyMatch(part::equals)) {
                throw new IllegalArgumentException(part.component()
                        + ": given; this kernel is declared with bias = false; declare it with bias = true to add one");
            }
        }
    }

    private IllegalArgumentException wrongKind(ValueKind kind) {
        return new IllegalArgumentException("weights: " + kind.given() + "; a kernel for " + layout.format() + " to "
                + layout.dst() + " takes "
                + sources.stream().map(source -> source.kind().given()).collect(Collectors.joining(", or ")));
    }

    private IllegalArgumentException tooMuch(WeightsPart part, String value, ValueKind kind, Parts parts) {
        final String taken = all(parts)
                .filter(each -> layout.bias() || (each != BIAS && each != INT_BIAS))
                .map(WeightsPart::method)
                .collect(Collectors.joining(", "));
        return new IllegalArgumentException(part.component() + ": " + value + "; " + kind.noun() + " for "
                + layout.format() + " to " + layout.dst() + " come with "
                + (taken.isEmpty() ? "nothing" : "no more than " + taken));
    }
}
