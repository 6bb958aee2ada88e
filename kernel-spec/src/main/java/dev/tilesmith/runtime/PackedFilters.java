package dev.tilesmith.runtime;

import java.util.List;

/**
 * Filters re-laid for one family of kernels, by {@link Conv2dKernel#packFilters(Conv2dShape, Weights, PackOptions)}: for each
 * group of channels, packed weights. Immutable, and shared freely between threads.
 *
 * @param shape of the convolution
 * @param groups for each group, its filters: {@code outputChannels / groups} rows of {@code k} values
 * @param paddingValue what padding holds: the zero point of images of static int8, from -128 to 127; of other images 0
 */
public record PackedFilters(Conv2dShape shape, List<PackedRhs> groups, int paddingValue) {
    /** Checks that there are filters for each group, and that they are as long as the shape says. */
    public PackedFilters {
        groups = List.copyOf(groups);
        if (groups.size() != shape.groups()) {
            throw new IllegalArgumentException(
                    "groups: " + groups.size() + "; expected " + shape.groups() + " as in the shape");
        }
        final int n = shape.outputChannels() / shape.groups();
        for (final PackedRhs group : groups) {
            if (group.n() != n || group.k() != shape.k()) {
                throw new IllegalArgumentException("groups: " + group.n() + " x " + group.k()
                        + "; expected filters x values = " + n + " x " + shape.k() + " as in the shape");
            }
        }
        if (paddingValue != (byte) paddingValue) {
            throw new IllegalArgumentException("paddingValue: " + paddingValue + "; expected -128 to 127");
        }
    }
}
