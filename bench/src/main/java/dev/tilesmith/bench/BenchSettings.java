package dev.tilesmith.bench;

import dev.tilesmith.bench.peer.Peer;
import dev.tilesmith.bench.peer.Peers;
import dev.tilesmith.bench.work.Operation;
import dev.tilesmith.bench.work.Shape;
import dev.tilesmith.bench.work.ShapeGroup;
import dev.tilesmith.bench.work.Work;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a run measures, read from system properties; an empty one is as good as none.
 *
 * <ul>
 *   <li>{@code -Dquick=true}: a few shapes and short iterations, for minutes instead of an hour
 *   <li>{@code -Dformat=qai8dx_qsi8cx_f32}: these formats
 *   <li>{@code -Dshapes=square,1x4096x4096}: these groups and shapes, as far as a format is defined for them; {@code
 *       1x11008x4096-cold} is a shape with weights that are in no cache
 *   <li>{@code -Dimpl=tilesmith,onednn}: these implementations
 *   <li>{@code -Dthreads=1,2}: these numbers of threads
 *   <li>{@code -Drounds=2}: every measurement so many times, in turn with the others of its shape
 * </ul>
 *
 * @param works what to multiply, in which format, on one thread
 * @param peers who multiplies, ours among them
 * @param threads on how many threads, each in turn
 * @param rounds how often each implementation has its turn at a shape
 * @param pace how long iterations are
 * @param results directory for the reports
 */
record BenchSettings(List<Work> works, List<Peer> peers, List<Integer> threads, int rounds, Pace pace, Path results) {

    /**
     * JMH's iterations.
     *
     * @param warmups iterations that are not counted
     * @param warmupMillis how long each of those is
     * @param iterations iterations that are counted
     * @param iterationMillis how long each of those is
     */
    record Pace(int warmups, int warmupMillis, int iterations, int iterationMillis) {
        static final Pace QUICK = new Pace(2, 100, 3, 100);
        static final Pace FULL = new Pace(3, 200, 7, 200);
    }

    BenchSettings {
        works = List.copyOf(works);
        peers = List.copyOf(peers);
        threads = List.copyOf(threads);
    }

    static BenchSettings ofSystemProperties() {
        final boolean quick = Boolean.parseBoolean(property("quick", "false"));
        return new BenchSettings(
                works(quick),
                property("impl", "").isEmpty() ? Peers.all() : Peers.parse(property("impl", "")),
                Arrays.stream(property("threads", quick ? "1" : "1,2").split(",", -1))
                        .map(Integer::valueOf)
                        .toList(),
                Integer.parseInt(property("rounds", "1")),
                quick ? Pace.QUICK : Pace.FULL,
                Path.of(property("tilesmith.bench.results", "target/results")));
    }

    private static List<Work> works(boolean quick) {
        final List<Work> works = new ArrayList<>();
        for (final Operation operation : operations()) {
            shapes(operation, quick).forEach(shape -> works.add(new Work(operation, shape, 1)));
        }
        return works;
    }

    private static List<Operation> operations() {
        final String formats = property("format", "");
        return formats.isEmpty()
                ? List.of(Operation.values())
                : Arrays.stream(formats.split(",", -1))
                        .map(String::strip)
                        .map(Operation::ofFormat)
                        .toList();
    }

    private static List<Shape> shapes(Operation operation, boolean quick) {
        final String shapes = property("shapes", "");
        if (shapes.isEmpty() && quick) {
            return ShapeGroup.quick(operation);
        }
        return ShapeGroup.parse(shapes.isEmpty() ? "all" : shapes).stream()
                .filter(operation::isDefinedFor)
                .toList();
    }

    /** A property, or what to take where there is none. */
    static String property(String name, String otherwise) {
        final String value = System.getProperty(name, "").strip();
        return value.isEmpty() ? otherwise : value;
    }
}
