package dev.tilesmith.processor.lower.vectorapi;

import dev.tilesmith.processor.program.BlockEnd;
import dev.tilesmith.processor.program.ColumnPart;
import dev.tilesmith.processor.program.Curve;
import dev.tilesmith.processor.program.Epilogue;
import dev.tilesmith.processor.program.LaneType;
import dev.tilesmith.processor.program.Op;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.processor.program.Register;
import dev.tilesmith.processor.program.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What {@code dev.tilesmith.runtime} makes of the sums, and totals, that tiles of integers leave in Java: an epilogue as {@code
 * Epilogue.print} has it, one vector of columns standing for all. The runtime reads a bias that is -0 where there is none, and
 * bounds where the call asks for it, so that a program may be without. A curve generated code applies in between.
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
     * @param lines its operations, but for a curve, bounds and the store
     * @param result what these are of
     * @param type what that is
     */
    private record Text(List<ColumnPart> parts, String lines, Role result, LaneType type) {
        /** A result in f32, without a bias and with one. */
        static Stream<Text> ofFloats(List<ColumnPart> parts, String lines, Role result) {
            final List<ColumnPart> withBias = new ArrayList<>(parts);
            withBias.add(ColumnPart.BIAS);
            final String addition = "biasV = bias[V]\nbiasedV = " + name(result) + " + biasV\n";
            return Stream.of(
                    new Text(parts, lines, result, LaneType.F32),
                    new Text(withBias, lines + addition, Role.BIASED, LaneType.F32));
        }

        private static String name(Role role) {
            return new Register(role, LaneType.F32, 0).toString().replace('0', 'V');
        }

        /** For so many vectors: what is the row's, then what belongs to each vector. */
        List<String> of(int vectors, Ending ending) {
            final List<String> all = new ArrayList<>();
            lines.lines().filter(line -> !line.contains("V")).forEach(all::add);
            for (int v = 0; v < vectors; v++) {
                final String vector = Integer.toString(v);
                lines.lines()
                        .filter(line -> line.contains("V"))
                        .map(line -> line.replace("V", vector))
                        .forEach(all::add);
                all.addAll(ending.of(new Register(result, type, v)));
            }
            return all;
        }
    }

    /**
     * What comes after the result: the curve, which generated code applies to a row of results, then what the runtime does.
     *
     * @param curve what is applied
     * @param bounded whether there may be bounds
     * @param store what is stored
     */
    private record Ending(Curve curve, boolean bounded, String store) {
        List<String> of(Register result) {
            final List<String> lines = new ArrayList<>();
            curve.ops(result).forEach(op -> lines.add(op.toString()));
            final Register curved = curve.result(result);
            final Register stored = bounded ? new Register(Role.CLAMPED, curved.type(), curved.vector()) : curved;
            if (bounded) {
                lines.add(stored + " = clamp " + curved);
            }
            lines.add("dst[" + result.vector() + "] = " + store + stored);
            return lines;
        }
    }

    /** Refuses a program whose epilogue is not the runtime's. */
    static void require(Program program) {
        final Epilogue epilogue = program.epilogue();
        final List<String> lines =
                epilogue.vectorByVector().stream().map(Op::toString).toList();
        if (known(program.contraction().end())
                .filter(text -> text.parts().equals(epilogue.parts()))
                .noneMatch(text -> endings(text)
                        .anyMatch(ending -> text.of(program.vectors(), ending).equals(lines)))) {
            throw new IllegalArgumentException("the runtime does not end tiles of integers with: " + epilogue.print());
        }
    }

    private static Stream<Ending> endings(Text text) {
        return switch (text.type()) {
            case F32 ->
                Stream.of(Curve.values())
                        .flatMap(curve -> Stream.of(new Ending(curve, false, ""), new Ending(curve, true, "")));
            case I32 ->
                text.result() == Role.EXACT
                        ? Stream.of(new Ending(Curve.IDENTITY, false, ""))
                        : Stream.of(
                                new Ending(Curve.IDENTITY, false, "int8 "), new Ending(Curve.IDENTITY, true, "int8 "));
        };
    }

    private static Stream<Text> known(BlockEnd end) {
        return switch (end) {
            case BlockEnd.None _ ->
                Stream.concat(
                        Text.ofFloats(List.of(ColumnPart.WEIGHT_SUM, ColumnPart.SCALE), OF_SUMS, Role.SCALED),
                        Stream.of(
                                new Text(List.of(ColumnPart.BEGINNING), EXACT, Role.EXACT, LaneType.I32),
                                new Text(
                                        List.of(ColumnPart.BEGINNING, ColumnPart.MULTIPLIER, ColumnPart.ZERO_POINT),
                                        REQUANTIZED,
                                        Role.RESULT,
                                        LaneType.I32)));
            case BlockEnd.OfWeights _ -> Text.ofFloats(List.of(ColumnPart.WEIGHT_SUM), OF_TOTALS, Role.SCALED);
            case BlockEnd.OfBoth _ -> Text.ofFloats(List.of(), "", Role.TOTAL);
        };
    }
}
