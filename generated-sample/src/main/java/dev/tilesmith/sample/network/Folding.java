package dev.tilesmith.sample.network;

import dev.tilesmith.sample.network.Operation.Activate;
import dev.tilesmith.sample.network.Operation.Affine;
import dev.tilesmith.sample.network.Operation.Gate;
import dev.tilesmith.sample.network.Operation.Linear;
import dev.tilesmith.spec.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes affine maps and activations into the convolutions beside them. Of a network that is trained with batch norms, and with a
 * learned scale and shift around each activation, little else than convolutions is left.
 */
public final class Folding {
    private final Network network;
    private final int[] uses;
    private final List<Step> steps = new ArrayList<>();

    /** Where the result of each step of the network is found among {@link #steps}. */
    private final int[] places;

    private Folding(Network network) {
        this.network = network;
        this.uses = uses(network.steps());
        this.places = new int[network.steps().size()];
    }

    /** A network of the same results, but for rounding, in fewer steps. A step has the name of the last that it took in. */
    public static Network fold(Network network) {
        return new Folding(network).fold();
    }

    private Network fold() {
        for (int i = 0; i < places.length; i++) {
            places[i] = place(network.steps().get(i));
        }
        return new Network(withoutUnused(steps));
    }

    private int place(Step step) {
        if (step.inputs().size() == 1 && step.inputs().getFirst() != Step.IMAGE) {
            final int input = step.inputs().getFirst();
            final int before = places[input];
            if (uses[input] == 1) {
                final Optional<Operation> joined = joined(steps.get(before).operation(), step.operation());
                if (joined.isPresent()) {
                    steps.set(
                            before,
                            new Step(
                                    step.name(), joined.get(), steps.get(before).inputs()));
                    return before;
                }
            }
            if (step.operation() instanceof Linear linear
                    && linear.readsNoPadding()
                    && steps.get(before).operation() instanceof Affine affine) {
                steps.add(new Step(
                        step.name(), linear.after(affine), steps.get(before).inputs()));
                return steps.size() - 1;
            }
        }
        final List<Integer> inputs = step.inputs().stream()
                .map(input -> input == Step.IMAGE ? Step.IMAGE : places[input])
                .toList();
        steps.add(sumWithGate(step, inputs).orElseGet(() -> new Step(step.name(), step.operation(), inputs)));
        return steps.size() - 1;
    }

    /** A gate that lets the map itself through, if the sum of a map and what a gate lets through of it is what a step gives. */
    private Optional<Step> sumWithGate(Step step, List<Integer> inputs) {
        if (!(step.operation() instanceof Operation.Add) || inputs.getLast() == Step.IMAGE) {
            return Optional.empty();
        }
        final Step gated = steps.get(inputs.getLast());
        return gated.operation() instanceof Gate(float base)
                        && gated.inputs().getFirst().equals(inputs.getFirst())
                ? Optional.of(new Step(step.name(), new Gate(base + 1), gated.inputs()))
                : Optional.empty();
    }

    /** Both as one, if one can do both. */
    private static Optional<Operation> joined(Operation first, Operation second) {
        if (first instanceof Linear linear && linear.activation() == Activation.NONE) {
            if (second instanceof Affine affine) {
                return Optional.of(linear.then(affine));
            }
            if (second instanceof Activate activate) {
                return Optional.of(linear.then(activate));
            }
        }
        if (first instanceof Affine affine && second instanceof Affine next) {
            return Optional.of(affine.then(next));
        }
        return Optional.empty();
    }

    private static List<Step> withoutUnused(List<Step> steps) {
        final boolean[] used = new boolean[steps.size()];
        used[steps.size() - 1] = true;
        for (int i = steps.size() - 1; i >= 0; i--) {
            if (used[i]) {
                steps.get(i).inputs().stream()
                        .filter(input -> input != Step.IMAGE)
                        .forEach(input -> used[input] = true);
            }
        }
        final List<Step> left = new ArrayList<>();
        final int[] numbers = new int[steps.size()];
        for (int i = 0; i < steps.size(); i++) {
            if (used[i]) {
                numbers[i] = left.size();
                final List<Integer> inputs = steps.get(i).inputs().stream()
                        .map(input -> input == Step.IMAGE ? Step.IMAGE : numbers[input])
                        .toList();
                left.add(new Step(steps.get(i).name(), steps.get(i).operation(), inputs));
            }
        }
        return left;
    }

    private static int[] uses(List<Step> steps) {
        final int[] uses = new int[steps.size()];
        for (final Step step : steps) {
            step.inputs().stream().filter(input -> input != Step.IMAGE).forEach(input -> uses[input]++);
        }
        return uses;
    }
}
