package dev.tilesmith.sweep.plan;

import dev.tilesmith.runtime.Family;
import dev.tilesmith.spec.Variant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which variants of a family differ for so many rows. A variant is its family with no taller tile; the driver cuts rows into as
 * few tiles as it can, as equal as can be, so that tiles one row shorter are often cut alike.
 */
final class Caps {
    private Caps() {}

    /**
     * Of variants that do the same, the tallest; without those whose tiles are less than half as tall as they might be: these read
     * the weights twice as often, and win nothing by it.
     *
     * @param own those of the family's variants whose names mean it, ascending
     */
    static List<Variant> differing(Family family, List<Variant> own, int rows) {
        final int useful = Math.min(rows, family.maxMr());
        final Set<Integer> cuts = new HashSet<>();
        return own.reversed().stream()
                .filter(variant -> 2 * Math.min(variant.mr(), rows) >= useful)
                .filter(variant -> cuts.add(cut(family, variant.mr(), rows)))
                .toList();
    }

    /** What a cap leads to: the number of tiles where any height can be had, and where there are gaps the tallest that fits. */
    private static int cut(Family family, int cap, int rows) {
        if (family.mrs().size() == family.maxMr()) {
            return Math.ceilDiv(rows, cap);
        }
        return family.mrs().stream()
                .filter(mr -> mr <= Math.min(cap, rows))
                .reduce((_, last) -> last)
                .orElseThrow();
    }
}
