package dev.tilesmith.sweep.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.spec.SweptShape;
import dev.tilesmith.spec.Target;
import dev.tilesmith.spec.Variant;
import dev.tilesmith.sweep.measure.Standing;
import dev.tilesmith.sweep.measure.Standing.Confidence;
import dev.tilesmith.sweep.plan.Candidate;
import dev.tilesmith.sweep.statistic.Estimate;
import dev.tilesmith.tune.Knob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalTest {
    private static final String SWEEP = "example.Linear on a machine; shapes";

    @TempDir
    private Path folder;

    private static Standing<Candidate> standing(double nanos, Confidence confidence) {
        final Candidate candidate = new Candidate(Variant.parse("f32_f32_f32p16x1_6x16x2_avx2_nofetch"))
                .with(Knob.FETCH_NEAR, 4096)
                .with(Knob.TILES_PER_BLOCK, 5);
        return new Standing<>(candidate, new Estimate(31, nanos / 1.1, nanos, nanos * 1.2), confidence);
    }

    private static List<Entry> entries() {
        final SweptShape shape = SweptShape.parse("8x1024x4096-cold");
        return List.of(
                new Entry.LeftBehind(shape, List.of(standing(2e7 / 3, Confidence.LEFT_BEHIND))),
                new Entry.Measured(
                        shape, 1L << 33, List.of(standing(0.1, Confidence.FINAL), standing(1e12, Confidence.NOISY))),
                new Entry.KnobTried(
                        Target.AVX512_VNNI,
                        Knob.FETCH_FAR_FROM,
                        1,
                        1L << 40,
                        0.97,
                        List.of(
                                new Entry.Trial(shape, standing(5, Confidence.FINAL)),
                                new Entry.Trial(shape, standing(4, Confidence.NOISY)))));
    }

    private Path written() throws IOException {
        final Path file = folder.resolve("sweep.jsonl");
        final Journal journal = Journal.open(file, SWEEP);
        long spent = 0;
        for (final Entry entry : entries()) {
            spent += 1000;
            journal.add(entry, spent);
        }
        assertEquals(entries(), journal.entries());
        return file;
    }

    @Test
    void whatWasWrittenIsKnown() throws IOException {
        final Journal again = Journal.open(written(), SWEEP);
        assertEquals(entries(), again.entries());
        assertEquals(3000, again.spent());
    }

    /** Wherever a sweep is killed, all lines before are known, and it can be gone on with. */
    @Test
    void aFileThatWasCutOffAnywhereIsGoneOnWith() throws IOException {
        final byte[] all = Files.readAllBytes(written());
        final int first = new String(all, StandardCharsets.UTF_8).indexOf('\n') + 1;
        final Path cut = folder.resolve("cut.jsonl");
        for (int length = 0; length <= all.length; length++) {
            final byte[] left = Arrays.copyOf(all, length);
            Files.write(cut, left);
            final long whole = Math.max(
                    0,
                    new String(left, StandardCharsets.UTF_8)
                                    .chars()
                                    .filter(c -> c == '\n')
                                    .count()
                            - 1);
            final Journal journal = Journal.open(cut, SWEEP);
            assertEquals(length < first ? List.of() : entries().subList(0, (int) whole), journal.entries());
            assertEquals(1000 * whole, journal.spent());
            journal.add(entries().getLast(), 5000);
            assertEquals(journal.entries(), Journal.open(cut, SWEEP).entries());
        }
    }

    @Test
    void anotherSweepBeginsAnew() throws IOException {
        final Path file = written();
        assertEquals(
                List.of(),
                Journal.open(file, "example.Linear on another machine; shapes").entries());
        assertEquals(List.of(), Journal.open(file, SWEEP).entries());
    }

    @Test
    void aLineThatIsNoneIsNamed() throws IOException {
        final Path file = written();
        final List<String> lines = Files.readAllLines(file);
        for (final String bad : List.of("", "{}", "[]", lines.get(2).replace("avx2", "avx3"), "x")) {
            Files.writeString(file, lines.get(0) + "\n" + lines.get(1) + "\n" + bad + "\n" + lines.get(3) + "\n");
            final String message = assertThrows(IOException.class, () -> Journal.open(file, SWEEP))
                    .getMessage();
            assertTrue(message.contains("line 3") && message.contains("delete the file"), message);
        }
    }
}
