package dev.tilesmith.kernel.drive;

import dev.tilesmith.cpu.CacheSizes;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.tune.ShapeClass;
import dev.tilesmith.tune.ShapeClass.Reach;
import dev.tilesmith.tune.ShapeClass.Rows;
import java.util.Map;

/** What serves products with weights of one packing: for each class of shapes, a family that reads it. */
final class Servers {
    private final PanelLayout layout;
    private final CacheSizes caches;
    private final PerClass<Compute> byClass;
    private final Compute usual;

    /** Whether there is nothing to choose: a small product is over in little more time than it takes to look. */
    private final boolean alike;

    /**
     * What serves.
     *
     * @param computes for every class, one; all read the same layout
     * @param caches those that say how far away weights are
     */
    Servers(Map<ShapeClass, Compute> computes, CacheSizes caches) {
        this.caches = caches;
        this.byClass = new PerClass<>(computes::get);
        this.usual = byClass.of(Rows.FEW, Reach.CACHE);
        this.layout = usual.family().layout();
        this.alike = byClass.all().distinct().count() == 1;
        byClass.all()
                .filter(compute -> !compute.family().layout().equals(layout))
                .findFirst()
                .ifPresent(other -> {
                    throw new IllegalArgumentException(
                            "computes: " + other.family() + " does not read " + layout + ", as the others do");
                });
    }

    /** How the weights lie. */
    PanelLayout layout() {
        return layout;
    }

    /** What serves few rows with weights in a cache, and packs. */
    Compute usual() {
        return usual;
    }

    /** What serves a product of so many rows with so many bytes of weights. */
    Compute of(int rows, long weightBytes) {
        return alike ? usual : byClass.of(Rows.of(rows), Reach.of(weightBytes, caches));
    }
}
