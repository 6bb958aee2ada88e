package dev.tilesmith.fuzz;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Solves problem after problem, and prints what it finds: for each finding a line of {@value #SEED} and its seed, and
 * then what happened, in lines that begin with {@value #MORE}.
 */
final class Worker {
    static final String SEED = "seed ";
    static final String MORE = "    ";

    private static final Pattern LINE = Pattern.compile("\\R");
    private static final int MOST_LINES = 14;

    private Worker() {}

    /**
     * Solves problems.
     *
     * @param args a folder for its own files; the first seed; how many; by when to stop, in milliseconds of the clock
     */
    public static void main(String[] args) throws IOException {
        final Path folder = Path.of(args[0]);
        final long first = Long.parseLong(args[1]);
        final long count = Long.parseLong(args[2]);
        final long end = Long.parseLong(args[3]);
        final Progress progress = Progress.in(folder.resolve("progress"));
        // One problem may end the JVM before it could be told.
        final Problems problems = new Problems(folder, count == 1 ? System.out::println : _ -> {});
        for (long seed = first; seed < first + count && System.currentTimeMillis() < end; seed++) {
            progress.begin(seed);
            try {
                problems.solve(seed);
            } catch (Finding finding) {
                print(seed, finding);
            }
        }
    }

    private static void print(long seed, Finding finding) {
        final StringWriter trace = new StringWriter();
        final Throwable cause = finding.getCause();
        (cause == null ? finding : cause).printStackTrace(new PrintWriter(trace));
        System.out.println(
                SEED + seed + ": " + LINE.matcher(finding.getMessage()).replaceAll(" "));
        System.out.println(LINE.splitAsStream(trace.toString())
                .filter(line -> !line.contains("java.base/"))
                .limit(MOST_LINES)
                .map(line -> MORE + line)
                .collect(Collectors.joining("\n")));
        System.out.flush();
    }
}
