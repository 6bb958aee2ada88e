package dev.tilesmith.processor.product.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.kernel.layout.LhsFormat;
import dev.tilesmith.kernel.layout.ResultFormat;
import dev.tilesmith.kernel.layout.WeightsFormat;
import dev.tilesmith.processor.lower.JavaTarget;
import dev.tilesmith.processor.lower.KernelTarget;
import dev.tilesmith.processor.product.model.Formats;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Finish;
import dev.tilesmith.processor.program.Product;
import dev.tilesmith.processor.program.TileShape;
import dev.tilesmith.processor.targets.Targets;
import dev.tilesmith.spec.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Recipes are what their formats say, each has code everywhere, and README has them all. */
final class RecipesTest {
    private static final Path README = Path.of("..", "README.md");
    private static final TileShape SHAPE = new TileShape(1, 1, 1);

    static List<Recipe> recipes() {
        return Recipes.all();
    }

    @Test
    void formatsAndNamesTellThemApart() {
        assertEquals(Recipes.all().size(), Recipes.formats().stream().distinct().count(), Recipes.formats()::toString);
        assertEquals(
                Recipes.all().size(),
                Recipes.all().stream().map(Recipe::name).distinct().count());
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void isFoundByItsFormats(Recipe recipe) {
        assertEquals(Optional.of(recipe), Recipes.of(recipe.formats()));
        assertEquals(recipe.formats(), recipe.formats().nearest(Recipes.formats()));
    }

    /** What runs everywhere computes everything. */
    @ParameterizedTest
    @MethodSource("recipes")
    void hasCodeOfPlainJava(Recipe recipe) {
        assertEquals(JavaTarget.SCALAR, Targets.all().getLast());
        final Contraction contraction = recipe.contraction(
                        JavaTarget.SCALAR.multiplication(), recipe.scales(Optional.empty()))
                .orElseThrow();
        assertTrue(recipe.epilogue(SHAPE, contraction, new Finish(true, true)).dstBytes() > 0);
    }

    /** There are totals where blocks have scales, and the first of these are what is meant where nothing is said. */
    @ParameterizedTest
    @MethodSource("recipes")
    void blocksHaveScales(Recipe recipe) {
        assertEquals(
                recipe.scaleFormats().stream().findFirst(),
                recipe.scales(Optional.empty()).map(BlockScales::format));
        for (final Format format : recipe.scaleFormats()) {
            assertEquals(Optional.of(format), recipe.scales(Optional.of(format)).map(BlockScales::format));
        }
        final Contraction contraction = recipe.contraction(
                        JavaTarget.SCALAR.multiplication(), recipe.scales(Optional.empty()))
                .orElseThrow();
        assertEquals(!recipe.scaleFormats().isEmpty(), contraction.hasTotals());
    }

    /** Every format is something to a kernel. */
    @ParameterizedTest
    @EnumSource(Format.class)
    void hasWordsForWhatFormatsAreFor(Format format) {
        assertFalse(FormatRole.of(format).isEmpty());
        assertFalse(FormatRole.nature(format).isBlank());
    }

    /** A product that multiplies other elements than weights of a kind become has no contraction. */
    @Test
    void refusesProductsOfOtherElements() {
        final Recipe f32 =
                Recipes.of(new Formats(Format.F32, Format.F32, Format.F32)).orElseThrow();
        assertThrows(
                IllegalArgumentException.class,
                () -> f32.contraction(
                        JavaTarget.SCALAR.multiplication().andFloats(Product.BLOCK_DOT), Optional.empty()));
    }

    /** The runtime lays panels, rows and results out as programs read and write them. */
    @ParameterizedTest
    @MethodSource("recipes")
    void isWhatTheRuntimeTakesItFor(Recipe recipe) {
        final Formats formats = recipe.formats();
        final Optional<BlockScales> scales = recipe.scales(Optional.empty());
        final Contraction contraction =
                recipe.contraction(JavaTarget.SCALAR.multiplication(), scales).orElseThrow();
        final WeightsFormat weights =
                WeightsFormat.of(formats.rhs(), scales.map(BlockScales::format).orElse(Format.F32));
        assertEquals(weights.stored().perByte(), contraction.rhs().stored().parts());
        if (contraction.hasTotals()) {
            assertEquals(weights.scales(), recipe.scaleFormats());
        }
        assertEquals(
                ResultFormat.of(formats.dst()).bytes(),
                recipe.epilogue(SHAPE, contraction, new Finish(true, true)).dstBytes());
        assertEquals(rows(recipe.lhs()), LhsFormat.of(formats.lhs()));
        assertEquals(results(recipe.dst()), ResultFormat.of(formats.dst()));
    }

    static Stream<Recipe> rounded() {
        return Recipes.all().stream().filter(recipe -> switch (recipe.dst()) {
            case F16, BF16 -> true;
            case F32, INT8, SUMS -> false;
        });
    }

    /** What the runtime rounds is computed as f32 is, by every target. */
    @ParameterizedTest
    @MethodSource("rounded")
    void resultsOfSixteenBitsHaveTheProgramsOfF32(Recipe recipe) {
        final Formats formats = recipe.formats();
        final Recipe f32 = Recipes.of(new Formats(formats.lhs(), formats.rhs(), Format.F32))
                .orElseThrow();
        assertEquals(f32.scaleFormats(), recipe.scaleFormats());
        assertEquals(f32.activations(), recipe.activations());
        for (final KernelTarget target : Targets.all()) {
            final Optional<Contraction> contraction =
                    recipe.contraction(target.multiplication(), recipe.scales(Optional.empty()));
            assertEquals(f32.contraction(target.multiplication(), f32.scales(Optional.empty())), contraction);
            contraction.ifPresent(sums -> assertEquals(
                    f32.epilogue(SHAPE, sums, new Finish(true, true)),
                    recipe.epilogue(SHAPE, sums, new Finish(true, true))));
        }
    }

    /** What the runtime calls it. */
    private static LhsFormat rows(LeftOperand lhs) {
        return switch (lhs) {
            case AS_IT_LIES -> LhsFormat.AS_IT_LIES;
            case F16 -> LhsFormat.F16;
            case BF16 -> LhsFormat.BF16;
            case QUANTIZED_BY_ROW -> LhsFormat.QUANTIZED_ROWS;
            case QUANTIZED_IN_BLOCKS -> LhsFormat.QUANTIZED_BLOCKS;
            case STATIC -> LhsFormat.STATIC;
        };
    }

    /** What the runtime calls it. */
    private static ResultFormat results(Result dst) {
        return switch (dst) {
            case F32 -> ResultFormat.FLOATS;
            case F16 -> ResultFormat.F16;
            case BF16 -> ResultFormat.BF16;
            case INT8 -> ResultFormat.INT8;
            case SUMS -> ResultFormat.SUMS;
        };
    }

    /** README's table of combinations, in the same order and in the same words; those that differ in the result alone in one row. */
    @Test
    void readmeHasThemAll() throws IOException {
        final Map<List<String>, List<Recipe>> rows = Recipes.all().stream()
                .collect(Collectors.groupingBy(RecipesTest::operands, LinkedHashMap::new, Collectors.toList()));
        final String table = rows.values().stream().map(RecipesTest::row).collect(Collectors.joining());
        final String readme = Files.readString(README);
        assertTrue(readme.contains(HEAD + table + "\n"), () -> "README.md wants this table:\n" + HEAD + table);
    }

    /** Formats, and what a caller gives. */
    private static List<String> operands(Recipe recipe) {
        return List.of(
                recipe.formats().lhs() + " × " + recipe.formats().rhs(),
                recipe.lhs().explanation(),
                recipe.weights());
    }

    /** README says what a value of each format is. */
    @ParameterizedTest
    @EnumSource(Format.class)
    void readmeExplainsTheFormat(Format format) throws IOException {
        assertTrue(
                Files.readAllLines(README).stream()
                        .anyMatch(line ->
                                line.matches("\\| `.*") && line.split("\\|", -1)[1].contains("`" + format + "`")),
                format::name);
    }

    private static final String HEAD = """
        | declared | short | left operand | weights | result |
        | --- | --- | --- | --- | --- |
        """;

    private static String row(List<Recipe> recipes) {
        final Recipe first = recipes.getFirst();
        final String declared = first.formats().lhs() + " × " + first.formats().rhs() + " → "
                + each(recipes, recipe -> recipe.formats().dst().name());
        return Stream.of(
                        "`" + declared + "`",
                        first.name(),
                        first.lhs().explanation(),
                        first.weights(),
                        each(recipes, recipe -> recipe.dst().explanation()))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String each(List<Recipe> recipes, Function<Recipe, String> words) {
        return recipes.stream().map(words).collect(Collectors.joining(", "));
    }
}
