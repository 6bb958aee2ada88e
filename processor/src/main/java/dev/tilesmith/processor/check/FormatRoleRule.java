package dev.tilesmith.processor.check;

import dev.tilesmith.processor.model.Declaration;
import dev.tilesmith.processor.model.Location;
import dev.tilesmith.spec.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Each format can be what it is declared as: weights are not activations. */
final class FormatRoleRule implements Rule {
    private static final Role LHS =
            new Role("lhs", List.of(Format.F32, Format.F16, Format.BF16, Format.QAI8, Format.QAI8DX, Format.QSI8D32));
    private static final Role RHS = new Role(
            "rhs",
            List.of(
                    Format.F32,
                    Format.F16,
                    Format.BF16,
                    Format.QSI8CX,
                    Format.QSI4CX,
                    Format.QSI4C32,
                    Format.QAI4C32,
                    Format.QSI8D32,
                    Format.QSU2CX));
    private static final Role DST =
            new Role("dst", List.of(Format.F32, Format.F16, Format.BF16, Format.I32, Format.QAI8));

    /** What a format can be in a declaration, by the name of the attribute. */
    private record Role(String attribute, List<Format> formats) {}

    @Override
    public List<Finding> check(Declaration declaration) {
        final List<Finding> findings = new ArrayList<>();
        check(findings, LHS, declaration.lhs());
        check(findings, RHS, declaration.rhs());
        check(findings, DST, declaration.dst());
        return findings;
    }

    private static void check(List<Finding> findings, Role role, Format format) {
        if (!role.formats().contains(format)) {
            findings.add(Finding.of(
                    Message.FORMAT_IN_WRONG_ROLE,
                    Location.matMul(role.attribute()),
                    role.attribute(),
                    format,
                    nature(format),
                    rolesOf(format),
                    role.attribute(),
                    role.formats()));
        }
    }

    private static String rolesOf(Format format) {
        return Stream.of(LHS, RHS, DST)
                .filter(role -> role.formats().contains(format))
                .map(role -> role.attribute())
                .collect(Collectors.joining(" or "));
    }

    private static String nature(Format format) {
        return switch (format) {
            case QSI8D32 -> "activations that are quantized when the kernel runs, and weights, in blocks";
            case QAI8DX -> "activations that are quantized when the kernel runs";
            case QSI8CX, QSI4CX, QSI4C32, QAI4C32, QSU2CX -> "weights";
            case QAI8 -> "activations that were quantized before";
            case I32 -> "exact sums of products";
            case F32, F16, BF16 -> "floating-point values";
        };
    }
}
