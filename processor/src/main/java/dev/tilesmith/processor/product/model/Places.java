package dev.tilesmith.processor.product.model;

import dev.tilesmith.processor.model.Location;
import dev.tilesmith.spec.Sweep;
import dev.tilesmith.spec.Tiles;

/** Places in what says more of a declaration. */
public final class Places {
    private Places() {}

    /** The {@code @Sweep}. */
    public static Location sweep() {
        return Location.annotation(Sweep.class);
    }

    /** A whole value of {@code @Sweep}. */
    public static Location sweep(String attribute) {
        return Location.value(Sweep.class, attribute);
    }

    /** One item of a value of {@code @Sweep}. */
    public static Location sweep(String attribute, int item) {
        return Location.value(Sweep.class, attribute).item(item);
    }

    /** A whole value of a {@code @Tiles}: which of the declaration's, in the order of the source. */
    public static Location tiles(int which, String attribute) {
        return Location.value(Tiles.class, which, attribute);
    }

    /** One item of a value of a {@code @Tiles}. */
    public static Location tiles(int which, String attribute, int item) {
        return Location.value(Tiles.class, which, attribute).item(item);
    }
}
