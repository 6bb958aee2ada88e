package dev.tilesmith.kernel.drive;

import dev.tilesmith.cpu.CacheSizes;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.tune.ShapeClass.Reach;
import dev.tilesmith.tune.ShapeClass.Rows;

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
     * @param computes all read the same layout
     * @param caches those that say how far away weights are
     */
    Servers(PerClass<Compute> computes, CacheSizes caches) {
        this.caches = caches;
        this.byClass = computes;
        this.usual = byClass.of(Rows.FEW, Reach.CACHE);
        this.layout = usual.family().layout();
        boolean others = false;
        for (final Compute compute : byClass.all()) {
            if (!compute.equals(usual)) {
                others = true;
                requireLayout(compute.family());
            }
        }
        this.alike = !others;
    }

    private void requireLayout(PanelFamily other) {
        if (!other.layout().equals(layout)) {
            throw new IllegalArgumentException(
                    "computes: " + other + " does not read " + layout + ", as the others do");
        }
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
