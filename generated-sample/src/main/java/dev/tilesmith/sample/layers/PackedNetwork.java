package dev.tilesmith.sample.layers;

import dev.tilesmith.sample.network.Network;
import dev.tilesmith.sample.network.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * A network's layers, packed for kernels. Immutable; any number of {@link NetworkRun}s share it.
 *
 * @param steps what each reads, and its name
 * @param layers what each does
 */
public record PackedNetwork(List<Step> steps, List<Layer> layers) {
    /** Copies the lists. */
    public PackedNetwork {
        steps = List.copyOf(steps);
        layers = List.copyOf(layers);
    }

    /**
     * Packs all filters.
     *
     * @throws IllegalArgumentException if a step has an activation that no kernel is declared with
     */
    public static PackedNetwork pack(Network network, Kernels kernels) {
        final Layers layers = new Layers(kernels);
        final List<Layer> packed = new ArrayList<>();
        for (final Step step : network.steps()) {
            try {
                packed.add(layers.of(step.operation()));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("step '" + step.name() + "': " + e.getMessage(), e);
            }
        }
        return new PackedNetwork(network.steps(), packed);
    }
}
