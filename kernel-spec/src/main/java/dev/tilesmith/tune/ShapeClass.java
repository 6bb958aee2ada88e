package dev.tilesmith.tune;

import dev.tilesmith.cpu.CacheSizes;
import dev.tilesmith.word.Vocabulary;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Products that one choice serves: of about as many rows, with weights that are about as far away. Its name is {@code
 * few/cache}.
 *
 * @param rows how many rows
 * @param reach where the weights are
 */
public record ShapeClass(Rows rows, Reach reach) {
    /** How many rows of the left operand a product has. */
    public enum Rows {
        /** One: each weight is used once. */
        ONE,
        /** No more than hide the time that weights take to come. */
        FEW,
        /** So many that multiplying is what takes the time. */
        MANY;

        /** The most rows that are few. */
        public static final int MOST_FEW = 16;

        /** The class of so many rows, 1 or more. */
        public static Rows of(int rows) {
            if (rows == 1) {
                return ONE;
            }
            return rows <= MOST_FEW ? FEW : MANY;
        }
    }

    /** Where packed weights are when they are used again. */
    public enum Reach {
        /** In a cache. */
        CACHE,
        /** In memory: they are more than the last-level cache holds. */
        MEMORY;

        /** Where so many bytes are. */
        public static Reach of(long weightBytes, CacheSizes caches) {
            return weightBytes <= Math.max(caches.l2(), caches.l3()) ? CACHE : MEMORY;
        }
    }

    private static final List<ShapeClass> ALL = Arrays.stream(Rows.values())
            .flatMap(rows -> Arrays.stream(Reach.values()).map(reach -> new ShapeClass(rows, reach)))
            .toList();

    /** All there are, the fewest rows first. */
    public static List<ShapeClass> all() {
        return ALL;
    }

    /** The class of a product with {@code rows} rows, 1 or more, and so many bytes of packed weights. */
    public static ShapeClass of(int rows, long weightBytes, CacheSizes caches) {
        return new ShapeClass(Rows.of(rows), Reach.of(weightBytes, caches));
    }

    /**
     * The class of a name.
     *
     * @throws IllegalArgumentException if there is none: the message names the nearest, and all
     */
    public static ShapeClass named(String name) {
        return new Vocabulary<>("class of shapes", ALL, ShapeClass::name).meaning(name);
    }

    /** Its name: {@code one/cache}. */
    public String name() {
        return (rows + "/" + reach).toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return name();
    }
}
