package dev.tilesmith.processor.lower.vectorapi;

import dev.tilesmith.processor.program.BlockEnd;
import dev.tilesmith.processor.program.ColumnPart;
import dev.tilesmith.processor.program.Epilogue;
import dev.tilesmith.processor.program.Op;
import dev.tilesmith.processor.program.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What {@code dev.tilesmith.runtime} makes of the sums, and totals, that tiles of integers leave in Java: an epilogue as {@code
 * Epilogue.print} has it, one vector of columns standing for all. The runtime reads a bias that is -0 where there is none, and
 * bounds where the call asks for it, so that a program may be without.
 */
final class RuntimeEpilogues {
    private static final String OF_SUMS = """
        zeroPoint = row's zero_point
        inverseScale = row's inverse_scale
        wholeV = i32 sumV
        weightsV = weight_sum[V]
        excessV = zeroPoint * weightsV
        exactV = wholeV - excessV
        convertedV = f32 exactV
        columnScaleV = scale[V]
        scaleV = columnScaleV * inverseScale
        scaledV = convertedV * scaleV
        """;

    private static final String OF_TOTALS = """
        zeroPoint = row's zero_point
        negative = -zeroPoint
        factor = f32 negative
        inverseScale = row's inverse_scale
        weightsV = weight_sum[V]
        exactV = fma(weightsV, factor, totalV)
        scaledV = exactV * inverseScale
        """;

    private static final String EXACT = """
        wholeV = i32 sumV
        beginningV = beginning[V]
        exactV = wholeV + beginningV
        """;

    private static final String REQUANTIZED = EXACT + """
        convertedV = f32 exactV
        multiplierV = multiplier[V]
        scaledV = convertedV * multiplierV
        roundedV = round scaledV
        resultZeroPointV = zero_point[V]
        resultV = roundedV + resultZeroPointV
        """;

    private RuntimeEpilogues() {}

    /**
     * An epilogue.
     *
     * @param parts what a panel has for its columns
     * @param lines its operations
     */
    private record Text(List<ColumnPart> parts, String lines) {
        /** The same with a bias that is added to {@code result}, bounds, and a store; each that there may be, or not. */
        Stream<Text> toFloats(String result) {
            final List<ColumnPart> withBias = new ArrayList<>(parts);
            withBias.add(ColumnPart.BIAS);
            final Text biased = new Text(withBias, lines + "biasV = bias[V]\nbiasedV = " + result + " + biasV\n");
            return Stream.concat(bounded(result, "dst[V] = "), biased.bounded("biasedV", "dst[V] = "));
        }

        Stream<Text> bounded(String result, String store) {
            return Stream.of(
                    new Text(parts, lines + store + result + "\n"),
                    new Text(parts, lines + "clampedV = clamp " + result + "\n" + store + "clampedV\n"));
        }

        /** For so many vectors: what is the row's, then what belongs to each vector. */
        List<String> of(int vectors) {
            final List<String> all = new ArrayList<>();
            lines.lines().filter(line -> !line.contains("V")).forEach(all::add);
            for (int v = 0; v < vectors; v++) {
                final String vector = Integer.toString(v);
                lines.lines()
                        .filter(line -> line.contains("V"))
                        .map(line -> line.replace("V", vector))
                        .forEach(all::add);
            }
            return all;
        }
    }

    /** Refuses a program whose epilogue is not the runtime's. */
    static void require(Program program) {
        final Epilogue epilogue = program.epilogue();
        final List<String> lines =
                epilogue.vectorByVector().stream().map(Op::toString).toList();
        if (known(program.contraction().end())
                .noneMatch(text -> text.parts().equals(epilogue.parts())
                        && text.of(program.vectors()).equals(lines))) {
            throw new IllegalArgumentException("the runtime does not end tiles of integers with: " + epilogue.print());
        }
    }

    private static Stream<Text> known(BlockEnd end) {
        return switch (end) {
            case BlockEnd.None _ ->
                Stream.of(
                                new Text(List.of(ColumnPart.WEIGHT_SUM, ColumnPart.SCALE), OF_SUMS).toFloats("scaledV"),
                                Stream.of(new Text(List.of(ColumnPart.BEGINNING), EXACT + "dst[V] = exactV\n")),
                                new Text(
                                                List.of(
                                                        ColumnPart.BEGINNING,
                                                        ColumnPart.MULTIPLIER,
                                                        ColumnPart.ZERO_POINT),
                                                REQUANTIZED)
                                        .bounded("resultV", "dst[V] = int8 "))
                        .flatMap(texts -> texts);
            case BlockEnd.OfWeights _ -> new Text(List.of(ColumnPart.WEIGHT_SUM), OF_TOTALS).toFloats("scaledV");
            case BlockEnd.OfBoth _ -> new Text(List.of(), "").toFloats("totalV");
        };
    }
}
