package dev.tilesmith.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.spec.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/tuning.md has the knobs as they are, and an example that is a profile. */
final class TuningPageTest {
    private static final Path PAGE = Path.of("..", "docs", "tuning.md");

    /** One target of each column. */
    private static final List<Target> COLUMNS = List.of(Target.AVX2, Target.SCALAR, Target.SME);

    private static String cells(Stream<String> cells) {
        return cells.collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String values() {
        return Arrays.stream(Knob.values())
                .map(knob -> cells(Stream.concat(
                        Stream.of("`" + knob.code() + "`", knob.unit(), knob.least() + " to " + knob.most()),
                        COLUMNS.stream()
                                .map(target -> Long.toString(Tuning.of(target).get(knob))))))
                .collect(Collectors.joining(
                        "",
                        "| knob | counts | range | x86 | Java | Arm |\n| --- | --- | --- | --- | --- | --- |\n",
                        ""));
    }

    private static String evidence() {
        return Arrays.stream(Knob.values())
                .map(knob -> cells(Stream.of(
                                Stream.of("`" + knob.code() + "`"),
                                COLUMNS.stream().map(target -> DefaultTunings.known(target)
                                        .get(knob)
                                        .how()),
                                Stream.of("`" + DefaultTunings.measuredAgainBy(knob) + "`"))
                        .flatMap(part -> part)))
                .collect(Collectors.joining(
                        "", "| knob | x86 | Java | Arm | measured again by |\n| --- | --- | --- | --- | --- |\n", ""));
    }

    @Test
    void thePageHasEveryValueAndHowItIsKnown() throws IOException {
        final String page = Files.readString(PAGE);
        assertTrue(page.contains("\n\n" + values()), () -> PAGE + " wants this table:\n" + values());
        assertTrue(page.contains("\n\n" + evidence()), () -> PAGE + " wants this table:\n" + evidence());
    }

    private static String factors() {
        final List<CostGroup> groups = List.of(CostGroup.values());
        return cells(Stream.concat(
                        Stream.of("factor", "counts"), groups.stream().map(CostGroup::title)))
                + cells(Stream.generate(() -> "---").limit(groups.size() + 2L))
                + Arrays.stream(Factor.values())
                        .map(factor -> cells(Stream.concat(
                                Stream.of("`" + factor.code() + "`", factor.unit()),
                                groups.stream()
                                        .map(group ->
                                                Double.toString(group.factors().get(factor))))))
                        .collect(Collectors.joining());
    }

    private static String sources() {
        return "| factors | how they are known |\n| --- | --- |\n"
                + Arrays.stream(CostGroup.values())
                        .map(group -> cells(Stream.of(group.title(), group.how())))
                        .collect(Collectors.joining());
    }

    @Test
    void thePageHasEveryFactorAndHowItIsKnown() throws IOException {
        final String page = Files.readString(PAGE);
        assertTrue(page.contains("\n\n" + factors()), () -> PAGE + " wants this table:\n" + factors());
        assertTrue(page.contains("\n\n" + sources()), () -> PAGE + " wants this table:\n" + sources());
    }

    @ParameterizedTest
    @EnumSource
    void aTargetIsInOneOfTheColumns(Target target) {
        final Target column =
                switch (target) {
                    case AVX2, AVX_VNNI, AVX512, AVX512_VNNI, AVX512_BF16, AMX -> COLUMNS.get(0);
                    case SCALAR, VECTOR_128, VECTOR_256, VECTOR_512 -> COLUMNS.get(1);
                    case NEON_DOTPROD, NEON_I8MM, NEON_BF16, SME, SME2 -> COLUMNS.get(2);
                };
        assertEquals(DefaultTunings.known(column), DefaultTunings.known(target));
        Arrays.stream(Knob.values())
                .forEach(knob -> assertEquals(
                        DefaultTunings.known(target).get(knob).value(),
                        Tuning.of(target).get(knob)));
    }

    @Test
    void theExampleIsAProfile() throws IOException {
        final Matcher example = Pattern.compile("```\n(tilesmith-profile .*?)```\n", Pattern.DOTALL)
                .matcher(Files.readString(PAGE));
        assertTrue(example.find());
        assertEquals(example.group(1), TuningProfile.parse(example.group(1)).text());
    }
}
