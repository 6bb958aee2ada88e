package dev.tilesmith.bench.report;

import com.google.gson.annotations.SerializedName;
import dev.tilesmith.bench.work.Layer;
import dev.tilesmith.bench.work.LayerWork;
import dev.tilesmith.bench.work.Operation;
import dev.tilesmith.bench.work.Shape;
import dev.tilesmith.bench.work.Work;
import java.util.Comparator;
import java.util.List;

/**
 * One implementation at one work. The components are the fields of the JSON that is written.
 *
 * @param format formats of result, left and right operand
 * @param op kind of operation
 * @param layer the layer that was computed, as {@code -Dlayers} has it; empty where it was a product of two matrices
 * @param count how many products of such extents
 * @param m rows
 * @param n output channels
 * @param k values that one result sums over
 * @param cold whether weights come from memory
 * @param threads on how many threads
 * @param impl who computed
 * @param variant which of its ways
 * @param gops 10^9 operations a second, in the median iteration; a multiply-add is two operations
 * @param bestGops the same in the best iteration
 */
public record Measurement(
        String format,
        String op,
        String layer,
        int count,
        int m,
        int n,
        int k,
        boolean cold,
        int threads,
        String impl,
        String variant,
        double gops,
        @SerializedName("best_gops") double bestGops) {

    /** From the time of one product, in the median and in the best iteration. */
    public static Measurement of(Work work, String impl, String variant, double medianNanos, double bestNanos) {
        final Shape shape = work.shape();
        return new Measurement(
                work.operation().format(),
                work.operation().op(),
                "",
                1,
                shape.m(),
                shape.n(),
                shape.k(),
                shape.cold(),
                work.threads(),
                impl,
                variant,
                shape.operations() / medianNanos,
                shape.operations() / bestNanos);
    }

    /** From the time of one layer, in the median and in the best iteration. */
    public static Measurement of(LayerWork work, String impl, String variant, double medianNanos, double bestNanos) {
        final Layer layer = work.layer();
        final Shape shape = layer.shape();
        return new Measurement(
                work.format().format(),
                layer.kind().op(),
                layer.toString(),
                layer.count(),
                shape.m(),
                shape.n(),
                shape.k(),
                false,
                1,
                impl,
                variant,
                layer.operations() / medianNanos,
                layer.operations() / bestNanos);
    }

    /** The middle one of several by speed; the slower of the two in the middle. */
    public static Measurement middle(List<Measurement> repeated) {
        return repeated.stream()
                .sorted(Comparator.comparingDouble(Measurement::gops))
                .skip((repeated.size() - 1) / 2)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("repeated: no measurement"));
    }

    /** The extents. */
    public Shape shape() {
        return new Shape(m, n, k, cold);
    }

    /** 10^9 bytes of weights, and of scales of blocks, read a second, in the median iteration. */
    public double weightGigabytes() {
        return gops / (2.0 * m) * Operation.ofFormat(format).weightBytes();
    }
}
