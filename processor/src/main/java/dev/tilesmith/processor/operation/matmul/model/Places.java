package dev.tilesmith.processor.operation.matmul.model;

import dev.tilesmith.processor.model.Location;
import dev.tilesmith.spec.MatMul;
import dev.tilesmith.spec.Sweep;
import dev.tilesmith.spec.Tiles;

/** Places in a declaration of a matrix product. */
public final class Places {
    private Places() {}

    /** A whole value of {@code @MatMul}. */
    public static Location matMul(String attribute) {
        return Location.value(MatMul.class, attribute);
    }

    /** One item of a value of {@code @MatMul}. */
    public static Location matMul(String attribute, int item) {
        return Location.value(MatMul.class, attribute).item(item);
    }

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
