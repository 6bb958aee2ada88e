package dev.tilesmith.sample.layers;

import dev.tilesmith.sample.network.Step;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Runs a network on images, of any size that its layers take. It has the memory for results, and so serves one thread at a time; a
 * result is there until the next run.
 */
public final class NetworkRun {
    private static final int LINE_BYTES = 64;

    private final PackedNetwork network;
    private final Map<Size, Plan> plans = new HashMap<>();
    private MemorySegment memory = MemorySegment.NULL;

    /** A run of this network, on the calling thread. */
    public NetworkRun(PackedNetwork network) {
        this.network = network;
    }

    /** Watches steps as they are done. */
    @FunctionalInterface
    public interface Observer {
        /** One that looks away. */
        Observer NONE = (_, _) -> {};

        /** A step is done; its result is overwritten later. */
        void done(String name, FeatureMap result);
    }

    /**
     * Runs it.
     *
     * @param size how large the image is
     * @param fill writes the image, all of it
     */
    public FeatureMap run(Size size, Consumer<MemorySegment> fill) {
        return run(size, fill, Observer.NONE);
    }

    /**
     * Runs it, watched.
     *
     * @param size how large the image is
     * @param fill writes the image, all of it
     * @param observer is told of each step
     */
    public FeatureMap run(Size size, Consumer<MemorySegment> fill, Observer observer) {
        final Plan plan = plans.computeIfAbsent(size, unknown -> Plan.of(network, unknown));
        reserve(plan.floats());
        final FeatureMap image = map(plan.image(), size);
        fill.accept(image.data());
        for (int i = 0; i < network.steps().size(); i++) {
            final Step step = network.steps().get(i);
            final List<FeatureMap> inputs = step.inputs().stream()
                    .map(from -> from == Step.IMAGE ? image : result(plan, from))
                    .toList();
            final Slots.Slot scratch = plan.scratch().get(i);
            network.layers().get(i).run(inputs, result(plan, i), at(scratch.first(), scratch.floats()));
            observer.done(step.name(), result(plan, i));
        }
        return result(plan, network.steps().size() - 1);
    }

    private FeatureMap result(Plan plan, int step) {
        return map(plan.results().get(step), plan.sizes().get(step));
    }

    private FeatureMap map(Slots.Slot slot, Size size) {
        return new FeatureMap(at(slot.first(), size.floats()), size);
    }

    private MemorySegment at(long first, long floats) {
        return memory.asSlice(first * Float.BYTES, floats * Float.BYTES);
    }

    private void reserve(long floats) {
        if (memory.byteSize() < floats * Float.BYTES) {
            memory = Arena.ofAuto().allocate(floats * Float.BYTES, LINE_BYTES);
        }
    }
}
