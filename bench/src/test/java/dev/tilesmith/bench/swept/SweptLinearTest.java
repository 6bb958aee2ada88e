package dev.tilesmith.bench.swept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.spec.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Param;

/** JMH's processor takes up the class that Tilesmith's generates in the same compilation, and it multiplies. */
final class SweptLinearTest {
    private static final String JMH_INDEX = "META-INF/BenchmarkList";
    private static final String SWEEP_INDEX = "META-INF/tilesmith/sweeps/dev.tilesmith.bench.swept.SweptLinear";

    private static String resource(String name) throws IOException {
        try (InputStream in = Optional.ofNullable(
                        SweptLinearTest.class.getClassLoader().getResourceAsStream(name))
                .orElseThrow(() -> new NoSuchElementException(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void isAmongTheBenchmarksOfJmh() throws IOException, NoSuchFieldException {
        final String list = resource(JMH_INDEX);
        assertTrue(list.contains(SweptLinearSweep.class.getName()), list);
        assertTrue(list.contains("variant " + values("variant").size() + " "), list);
    }

    @Test
    void isFoundBySweeps() throws IOException, NoSuchFieldException {
        assertEquals("tilesmith-sweep 1\n" + String.join("\n", values("shape")) + "\n", resource(SWEEP_INDEX));
    }

    private static List<String> values(String parameter) throws NoSuchFieldException {
        return Arrays.asList(SweptLinearSweep.class
                .getField(parameter)
                .getAnnotation(Param.class)
                .value());
    }

    @Test
    void hasEveryVariantOfTheTableOnce() throws NoSuchFieldException {
        assertEquals(
                SweptLinearKernels.table().variants().stream()
                        .map(Variant::name)
                        .toList(),
                values("variant"));
        assertEquals(6, values("shape").size());
    }

    @Test
    void multiplies() throws NoSuchFieldException {
        final SweptLinearSweep sweep = new SweptLinearSweep();
        sweep.variant = values("variant").getLast();
        for (final String shape : List.of("1x64x64", "8x64x64-cold")) {
            sweep.shape = shape;
            sweep.setUp();
            sweep.run();
            sweep.run();
            sweep.tearDown();
        }
    }

    @Test
    void refusesWhatThereIsNot() {
        final SweptLinearSweep sweep = new SweptLinearSweep();
        sweep.variant = "f32_f32_f32p4x1_99x4_scalar";
        sweep.shape = "1x64x64";
        assertThrows(IllegalArgumentException.class, sweep::setUp);
    }
}
