package dev.tilesmith.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Solves problems for a time, or those of some seeds, and prints what is found. */
public final class Fuzzer {
    private static final long PATIENCE_MILLIS = Duration.ofMinutes(2).toMillis();

    private Fuzzer() {}

    /**
     * Solves problems; ends with 1 if something was found.
     *
     * @param args how many minutes at most; the first seed, or - for what the clock says; how many seeds at most, or - for
     *     as many as there is time for
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        final long begin = System.currentTimeMillis();
        final long end = begin + Duration.ofMinutes(Long.parseLong(args[0])).toMillis();
        final long first = args[1].equals("-") ? begin : Long.parseLong(args[1]);
        final long count = args[2].equals("-") ? Long.MAX_VALUE - first : Long.parseLong(args[2]);
        final Path folder = Files.createTempDirectory("tilesmith-fuzz");
        final Kinds kinds = new Kinds(System.out::println);
        final Supervisor.Outcome outcome =
                new Supervisor(Worker.class, folder, PATIENCE_MILLIS, kinds::add).run(first, count, end);
        System.out.println(kinds);
        System.out.printf(
                "%,d problems, seeds %d to %d, in %,d s: %d findings%n",
                outcome.next() - first,
                first,
                outcome.next() - 1,
                (System.currentTimeMillis() - begin) / 1000,
                outcome.findings().size());
        System.exit(outcome.findings().isEmpty() ? 0 : 1);
    }
}
