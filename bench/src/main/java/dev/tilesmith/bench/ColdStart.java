package dev.tilesmith.bench;

import dev.tilesmith.bench.peer.Peers;
import dev.tilesmith.bench.peer.Prepared;
import dev.tilesmith.bench.work.Operands;
import dev.tilesmith.bench.work.Operation;
import dev.tilesmith.bench.work.Shape;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;

/**
 * The first call of a kernel in a JVM of its own: how long from the start of the process to the first result, and how
 * long the steps on the way. Medians of several processes.
 */
public final class ColdStart {
    private static final int PROCESSES = 7;
    private static final int CALLS = 1000;

    private ColdStart() {}

    /** With {@code child FORMAT MxNxK}: one fresh JVM. Otherwise the parent, which starts them for each shape named. */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length == 3 && args[0].equals("child")) {
            child(Operation.ofFormat(args[1]), Shape.parse(args[2]));
            return;
        }
        final List<Shape> shapes = args.length == 0
                ? List.of(Shape.cube(64), new Shape(8, 384, 384))
                : List.of(args).stream().map(Shape::parse).toList();
        for (final Operation operation : Operation.values()) {
            for (final Shape shape : shapes) {
                if (operation.isDefinedFor(shape)) {
                    parent(operation, shape);
                }
            }
        }
    }

    /**
     * Milliseconds of one process: to the first result, choosing and packing, the first call, which links it, the
     * second, the best.
     */
    private static void child(Operation operation, Shape shape) {
        final Operands operands = Operands.random(operation, shape);
        final long start = System.nanoTime();
        try (Prepared kernel = Peers.named(Peers.OURS).prepare(operation, operands, 1)) {
            final long packed = System.nanoTime();
            kernel.run();
            final long first = System.nanoTime();
            System.out.println("first"); // the parent's clock stops here
            final long again = System.nanoTime();
            kernel.run();
            final long second = System.nanoTime() - again;
            long best = Long.MAX_VALUE;
            for (int call = 2; call < CALLS; call++) {
                final long before = System.nanoTime();
                kernel.run();
                best = Math.min(best, System.nanoTime() - before);
            }
            System.out.println(
                    millis(packed - start) + " " + millis(first - packed) + " " + millis(second) + " " + millis(best));
        }
    }

    private static void parent(Operation operation, Shape shape) throws IOException, InterruptedException {
        final List<double[]> runs = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            runs.add(run(operation, shape));
        }
        System.out.printf(
                Locale.ROOT,
                "%s %s: process start to first result %.0f ms; choosing and packing %.1f ms; first call %.3f ms, second"
                        + " %.4f ms; best of the next %d calls %.4f ms (medians of %d JVMs)%n",
                operation.format(),
                shape,
                median(runs, 0),
                median(runs, 1),
                median(runs, 2),
                median(runs, 3),
                CALLS - 2,
                median(runs, 4),
                PROCESSES);
    }

    private static double[] run(Operation operation, Shape shape) throws IOException, InterruptedException {
        final long start = System.nanoTime();
        final Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "--add-modules=jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        ColdStart.class.getName(),
                        "child",
                        operation.format(),
                        shape.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            final String first = reader.readLine();
            final double toFirst = millis(System.nanoTime() - start);
            final String steps = reader.readLine();
            if (process.waitFor() != 0 || first == null || steps == null) {
                throw new IllegalStateException("the child ended with " + process.exitValue());
            }
            return DoubleStream.concat(
                            DoubleStream.of(toFirst),
                            List.of(steps.split(" ", -1)).stream().mapToDouble(Double::parseDouble))
                    .toArray();
        }
    }

    private static double median(List<double[]> runs, int column) {
        return runs.stream()
                .mapToDouble(run -> run[column])
                .sorted()
                .skip(runs.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    private static double millis(long nanos) {
        return (double) nanos / TimeUnit.MILLISECONDS.toNanos(1);
    }
}
