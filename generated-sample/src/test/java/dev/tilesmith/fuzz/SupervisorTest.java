package dev.tilesmith.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a worker ends, the seed of it is known, and the seeds after it are tried. */
final class SupervisorTest {
    @TempDir
    private Path folder;

    /** Begins its problems as a worker does; what becomes of one is up to the seed. */
    static final class Doomed {
        private Doomed() {}

        /** As a worker's. */
        public static void main(String[] args) throws IOException {
            final Progress progress = Progress.in(Path.of(args[0]).resolve("progress"));
            final long first = Long.parseLong(args[1]);
            for (long seed = first; seed < first + Long.parseLong(args[2]); seed++) {
                progress.begin(seed);
                switch ((int) seed) {
                    case 12 -> Runtime.getRuntime().halt(134);
                    case 14 -> LockSupport.park();
                    case 15 -> System.out.println("seed 15: wrong\n    somewhere");
                    default -> {}
                }
            }
        }
    }

    @Test
    void namesTheSeedOfWhateverHappens() throws Exception {
        final Supervisor.Outcome outcome =
                new Supervisor(Doomed.class, folder, 3000, _ -> {}).run(10, 8, Long.MAX_VALUE);
        assertEquals(18, outcome.next());
        final List<String> findings = outcome.findings();
        assertEquals(3, findings.size(), findings::toString);
        assertTrue(findings.get(0).startsWith("seed 12: the JVM ended with 134"), findings::toString);
        assertTrue(findings.get(1).startsWith("seed 14: hangs"), findings::toString);
        assertTrue(findings.get(1).contains("Doomed.main"), findings::toString);
        assertEquals("seed 15: wrong\n    somewhere", findings.get(2));
    }
}
