package dev.tilesmith.conformance;

import dev.tilesmith.kernel.target.TargetTraits;
import dev.tilesmith.runtime.Family;
import dev.tilesmith.spec.Variant;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** What the suite holds kernels to, by name: for a machine that Surefire does not reach. */
enum Property {
    /** Tiles of every height, at depths of every kind. */
    TILES(Holder.VARIANT, KernelConformance::everyTileGivesTheBitsOfTheReference),
    /** Products of nothing, ones, primes, and many rows. */
    SHAPES(Holder.FAMILY, KernelConformance::givesTheBitsOfTheReferenceOnEveryShape),
    /** The largest sums, and ties of roundings. */
    HARDEST(Holder.FAMILY, KernelConformance::givesTheBitsOfTheReferenceOnTheHardestProducts),
    /** Results within bounds. */
    BOUNDS(Holder.FAMILY, KernelConformance::boundsResultsOrRefusesTo),
    /** Parts of products. */
    PORTIONS(Holder.FAMILY, KernelConformance::computesAnyPortionAndLeavesTheRestAlone),
    /** Weights that are given in every way. */
    PACKING(Holder.FAMILY, KernelConformance::packsWeightsOfEveryKindAlike),
    /** Every number of rows, where one tile takes any of them. */
    ROWS(Holder.FAMILY_OF_ONE_TILE, (_, tested) -> new RowsOfATileTest()
            .everyNumberOfRowsGivesTheBitsOfTheReference(tested));

    /** What is held to a property. */
    private enum Holder {
        VARIANT,
        FAMILY,
        /** A family whose tallest tile takes fewer rows too. */
        FAMILY_OF_ONE_TILE;

        static boolean isOfOneTile(Variant variant) {
            return TargetTraits.rowGroups(variant.target()).endWithinTiles();
        }
    }

    private final Holder holder;
    private final BiConsumer<KernelConformance, Tested> check;

    Property(Holder holder, BiConsumer<KernelConformance, Tested> check) {
        this.holder = holder;
        this.check = check;
    }

    /** Fails unless a kernel has it. */
    void check(KernelConformance suite, Tested tested) {
        check.accept(suite, tested);
    }

    /** What a suite holds to it. */
    Stream<Tested> of(KernelConformance suite) {
        return switch (holder) {
            case VARIANT -> suite.variants();
            case FAMILY -> suite.families();
            case FAMILY_OF_ONE_TILE -> suite.families().filter(tested -> Holder.isOfOneTile(tested.variant()));
        };
    }

    /** The variants that stand for what is held to it of a family: each, or the tallest. */
    Stream<Variant> of(Family family) {
        return switch (holder) {
            case VARIANT -> family.variants().stream();
            case FAMILY -> Stream.of(family.variants().getLast());
            case FAMILY_OF_ONE_TILE -> Stream.of(family.variants().getLast()).filter(Holder::isOfOneTile);
        };
    }
}
