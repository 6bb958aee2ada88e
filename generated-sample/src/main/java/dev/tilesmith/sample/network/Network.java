package dev.tilesmith.sample.network;

import java.util.List;

/**
 * A network of one input, images of some channels, and one output, that of the last step.
 *
 * @param steps each after those that it reads
 */
public record Network(List<Step> steps) {
    /** Checks that steps read what is there. */
    public Network {
        steps = List.copyOf(steps);
        for (int i = 0; i < steps.size(); i++) {
            for (final int input : steps.get(i).inputs()) {
                if (input < Step.IMAGE || input >= i) {
                    throw new IllegalArgumentException("steps: number " + i + " reads number " + input);
                }
            }
        }
    }
}
