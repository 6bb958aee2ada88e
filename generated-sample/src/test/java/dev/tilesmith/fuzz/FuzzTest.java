package dev.tilesmith.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * As many problems with each build as a core solves in a minute; {@code -Dfuzz.problems} asks for more, {@code -Dfuzz.seed}
 * for others.
 */
final class FuzzTest {
    private static final long PROBLEMS = Long.getLong("fuzz.problems", 30_000);
    private static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final long PATIENCE_MILLIS = Duration.ofMinutes(2).toMillis();

    @TempDir
    private Path folder;

    @Test
    void everyProblemIsSolvedOrRefusedByName() throws Exception {
        final Supervisor.Outcome outcome = new Supervisor(Worker.class, folder, PATIENCE_MILLIS, System.out::println)
                .run(SEED, PROBLEMS, Long.MAX_VALUE);
        assertEquals(List.of(), outcome.findings());
        assertEquals(SEED + PROBLEMS, outcome.next());
    }
}
