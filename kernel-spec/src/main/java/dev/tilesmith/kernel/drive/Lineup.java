package dev.tilesmith.kernel.drive;

import dev.tilesmith.cpu.CacheSizes;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.memory.OperandNames;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.tune.ShapeClass;
import dev.tilesmith.tune.ShapeClass.Reach;
import dev.tilesmith.tune.ShapeClass.Rows;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a kernel computes by: a family for each class of shapes, and where these read weights that are packed in several ways,
 * for each packing one for each class.
 */
public final class Lineup {
    /** Of one family nobody asks where weights are. */
    private static final CacheSizes NONE = CacheSizes.DEFAULT;

    private final Servers usual;
    private final Servers[] all;
    private final PerClass<Servers> home;
    private final CacheSizes caches;

    /** Of packings, and the one that each class wants. */
    private Lineup(List<Servers> all, PerClass<Servers> home, CacheSizes caches) {
        this.all = all.toArray(Servers[]::new);
        this.home = home;
        this.usual = home.of(Rows.FEW, Reach.CACHE);
        this.caches = caches;
    }

    /** One family, which serves all products. */
    public static Lineup of(Compute compute) {
        final Servers servers = new Servers(new PerClass<>(_ -> compute), NONE);
        return new Lineup(List.of(servers), new PerClass<>(_ -> servers), NONE);
    }

    /**
     * Families for classes of shapes.
     *
     * @param wanted the layout of weights that each class is best served with
     * @param served for each of these layouts, what serves each class where weights are packed so
     * @param caches those that say how far away weights are
     */
    public static Lineup of(
            Map<ShapeClass, PanelLayout> wanted, Map<PanelLayout, Map<ShapeClass, Compute>> served, CacheSizes caches) {
        final Map<PanelLayout, Servers> servers = served.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> new Servers(new PerClass<>(each.getValue()::get), caches)));
        return new Lineup(
                List.copyOf(servers.values()), new PerClass<>(shape -> servers.get(wanted.get(shape))), caches);
    }

    /** The family that serves few rows with weights in a cache. */
    PanelFamily family() {
        return usual.usual().family();
    }

    /** What computes products of few rows. */
    Compute usual() {
        return usual.usual();
    }

    /** The families that pack weights, each in another way: that of {@link #family} first. */
    List<PanelFamily> packings() {
        return Stream.concat(Stream.of(usual), Arrays.stream(all))
                .distinct()
                .map(servers -> servers.usual().family())
                .toList();
    }

    /** What packs weights for products of so many rows. */
    Compute packer(Weights weights, int expectedRows) {
        if (all.length == 1) {
            return usual.usual();
        }
        // a layout of blocks takes their scales besides, which is little
        final long bytes = usual.layout().bytes(weights.n(), weights.k(), Math.max(1, weights.k()));
        return home.of(Rows.of(expectedRows), Reach.of(bytes, caches)).usual();
    }

    /**
     * What computes a product of so many rows with these weights.
     *
     * @param names what the weights are called
     * @throws IllegalArgumentException if they are packed in no way that is read here
     */
    @SuppressWarnings(
            "ReferenceEquality") // which it nearly always is: comparing two takes as long as a small product's tile
    Compute of(PackedPanels rhs, int rows, OperandNames names) {
        final Servers servers = rhs.layout() == usual.layout() ? usual : reading(rhs.layout(), names);
        return servers.of(rows, rhs.data().byteSize());
    }

    private Servers reading(PanelLayout layout, OperandNames names) {
        for (final Servers servers : all) {
            if (servers.layout().equals(layout)) {
                return servers;
            }
        }
        throw new IllegalArgumentException(names.rhs() + ": packed as " + layout + "; this kernel of target "
                + family().target() + " reads "
                + packings().stream().map(family -> family.layout().toString()).collect(Collectors.joining(" or "))
                + ": pack " + names.given() + " with it");
    }
}
