package dev.tilesmith.sweep.plan;

import dev.tilesmith.cpu.CacheSizes;
import dev.tilesmith.spec.SweptShape;
import dev.tilesmith.spec.SweptShape.Warmth;
import dev.tilesmith.sweep.operand.Formats;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A shape for each class, where nobody names any: layers as models have them, that this machine's caches hold, or do not. */
public final class DefaultShapes {
    private static final int ONE = 1;
    private static final int FEW = 8;
    private static final int MANY = 128;
    private static final int MANY_FROM_MEMORY = 64;
    private static final int LARGEST_IN_CACHE = 1024;
    private static final int LEAST_IN_CACHE = 256;
    private static final int DEPTH = 4096;
    private static final int CHANNELS_STEP = 1024;

    /** More would take long to make; of the largest caches, copies that take turns leave nothing in them. */
    private static final int MOST_CHANNELS = 1 << 16;

    /** Weights that a cache does not hold are this much larger than it. */
    private static final double BEYOND = 1.25;

    private DefaultShapes() {}

    /** For kernels of such formats, with such caches. */
    public static List<SweptShape> of(Formats formats, CacheSizes caches) {
        final double bytes = weightBytes(formats);
        final long last = Math.max(caches.l2(), caches.l3());
        int inside = LARGEST_IN_CACHE;
        while (inside > LEAST_IN_CACHE && 2 * bytes * inside * inside > last) {
            inside /= 2;
        }
        final int side = inside;
        final double beyond = Math.clamp(BEYOND * last / bytes / DEPTH, DEPTH, MOST_CHANNELS);
        final int channels = (int) Math.ceil(beyond / CHANNELS_STEP) * CHANNELS_STEP;
        return Stream.concat(
                        IntStream.of(ONE, FEW, MANY).mapToObj(m -> new SweptShape(m, side, side, Warmth.WARM)),
                        IntStream.of(ONE, FEW, MANY_FROM_MEMORY)
                                .mapToObj(m -> new SweptShape(m, channels, DEPTH, Warmth.COLD)))
                .toList();
    }

    /** About what a weight takes when it is packed. */
    static double weightBytes(Formats formats) {
        return switch (formats.rhs()) {
            case F32, I32 -> 4;
            case F16, BF16 -> 2;
            case QSI8CX, QSI8D32, QAI8, QAI8DX -> 1;
            case QSI4CX, QSI4C32, QAI4C32 -> 0.5;
            case QSU2CX -> 0.25;
        };
    }
}
