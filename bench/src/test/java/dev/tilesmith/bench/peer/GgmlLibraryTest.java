package dev.tilesmith.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.bench.peer.GgmlLibrary.Candidate;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GgmlLibraryTest {
    @ParameterizedTest
    @CsvSource({"1 16 64, c", "64 16 1, a", "0 0 1, c", "1 64 64, b", "5 0 0, a"})
    void theHighestScoreIsTakenAndOfEqualOnesTheFirst(String scores, String generation) {
        assertEquals(generation, GgmlLibrary.best(candidates(scores)).generation());
    }

    @Test
    void whereNoneIsForTheCpuAllAreNamed() {
        final String message =
                String.valueOf(assertThrows(PeerUnavailableException.class, () -> GgmlLibrary.best(candidates("0 0")))
                        .getMessage());
        assertTrue(message.contains("[a, b]"), message);
    }

    @ParameterizedTest
    @CsvSource({
        "libggml-cpu-haswell.so, haswell",
        "libggml-cpu-sapphirerapids.so, sapphirerapids",
        "libggml-base.so, ''",
        "libggml-cpu-.so, ''",
        "libggml-cpu-zen4.so.1, ''"
    })
    void theNameOfAFileSaysTheGeneration(String file, String generation) {
        assertEquals(generation, GgmlLibrary.generationOf(Path.of("some", file)).orElse(""));
    }

    private static List<Candidate> candidates(String scores) {
        final List<Integer> numbers =
                Arrays.stream(scores.split(" ", -1)).map(Integer::valueOf).toList();
        return IntStream.range(0, numbers.size())
                .mapToObj(i -> new Candidate(Character.toString('a' + i), Path.of("file"), numbers.get(i)))
                .toList();
    }
}
