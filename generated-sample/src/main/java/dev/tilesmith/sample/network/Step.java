package dev.tilesmith.sample.network;

import java.util.List;

/**
 * One step of a network.
 *
 * @param name the file's name of what it gives
 * @param operation what it does
 * @param inputs with what: the numbers of earlier steps; {@link #IMAGE} is what the network is given
 */
public record Step(String name, Operation operation, List<Integer> inputs) {
    /** The number of what the network is given. */
    public static final int IMAGE = -1;

    /** Copies the list. */
    public Step {
        inputs = List.copyOf(inputs);
    }
}
