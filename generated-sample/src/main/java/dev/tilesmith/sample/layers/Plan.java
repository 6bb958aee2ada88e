package dev.tilesmith.sample.layers;

import dev.tilesmith.sample.layers.Slots.Slot;
import dev.tilesmith.sample.network.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the results of all steps lie, for images of one size: in one piece of memory, each until it is read for the last time.
 *
 * @param image where the image goes
 * @param input its size
 * @param results where the result of each step goes
 * @param scratch memory that each step overwrites
 * @param sizes of results
 * @param floats of all the memory
 */
record Plan(Slot image, Size input, List<Slot> results, List<Slot> scratch, List<Size> sizes, long floats) {
    static Plan of(PackedNetwork network, Size input) {
        final int count = network.steps().size();
        final int[] lastReaders = lastReaders(network.steps());
        final Slots slots = new Slots();
        final Slot image = slots.take(input.floats());
        final List<Slot> results = new ArrayList<>();
        final List<Slot> scratch = new ArrayList<>();
        final List<Size> sizes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final Step step = network.steps().get(i);
            final Layer layer = network.layers().get(i);
            final List<Size> inputs = step.inputs().stream()
                    .map(from -> from == Step.IMAGE ? input : sizes.get(from))
                    .toList();
            final Size size = layer.output(inputs);
            final Slot spare = slots.take(layer.scratchFloats(inputs));
            final int first = step.inputs().getFirst();
            final boolean inPlace = layer.worksInPlace()
                    && first != Step.IMAGE
                    && lastReaders[first] == i
                    && inputs.getFirst().equals(size);
            results.add(inPlace ? results.get(first) : slots.take(size.floats()));
            scratch.add(spare);
            sizes.add(size);
            slots.giveBack(spare);
            for (final int from : step.inputs().stream().distinct().toList()) {
                if (from != Step.IMAGE && lastReaders[from] == i && !(inPlace && from == first)) {
                    slots.giveBack(results.get(from));
                }
            }
        }
        return new Plan(image, input, results, scratch, sizes, slots.floats());
    }

    /** The last step that reads each; that of the last result is beyond all. */
    private static int[] lastReaders(List<Step> steps) {
        final int[] last = new int[steps.size()];
        for (int i = 0; i < last.length; i++) {
            for (final int from : steps.get(i).inputs()) {
                if (from != Step.IMAGE) {
                    last[from] = i;
                }
            }
        }
        last[last.length - 1] = last.length;
        return last;
    }
}
