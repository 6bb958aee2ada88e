package dev.tilesmith.kernel.drive;

import dev.tilesmith.tune.ShapeClass;
import dev.tilesmith.tune.ShapeClass.Reach;
import dev.tilesmith.tune.ShapeClass.Rows;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Something for each class of shapes, which every call looks up.
 *
 * @param <T> what
 */
final class PerClass<T> {
    private final ByReach<T> one;
    private final ByReach<T> few;
    private final ByReach<T> many;

    /** What {@code values} has for each class. */
    PerClass(Function<ShapeClass, T> values) {
        this.one = ByReach.of(Rows.ONE, values);
        this.few = ByReach.of(Rows.FEW, values);
        this.many = ByReach.of(Rows.MANY, values);
    }

    /**
     * Something for weights wherever they are.
     *
     * @param cache for those in a cache
     * @param memory for those from memory
     * @param <T> what
     */
    private record ByReach<T>(T cache, T memory) {
        static <T> ByReach<T> of(Rows rows, Function<ShapeClass, T> values) {
            return new ByReach<>(required(rows, Reach.CACHE, values), required(rows, Reach.MEMORY, values));
        }

        private static <T> T required(Rows rows, Reach reach, Function<ShapeClass, T> values) {
            final ShapeClass shape = new ShapeClass(rows, reach);
            return Optional.ofNullable(values.apply(shape))
                    .orElseThrow(() -> new IllegalArgumentException(
                            "values: none for " + shape + "; expected one for every class"));
        }

        T of(Reach reach) {
            return switch (reach) {
                case CACHE -> cache;
                case MEMORY -> memory;
            };
        }
    }

    /** What there is for a class. */
    T of(Rows rows, Reach reach) {
        final ByReach<T> ofRows =
                switch (rows) {
                    case ONE -> one;
                    case FEW -> few;
                    case MANY -> many;
                };
        return ofRows.of(reach);
    }

    /** What there is for every class. */
    List<T> all() {
        return List.of(one.cache(), one.memory(), few.cache(), few.memory(), many.cache(), many.memory());
    }
}
