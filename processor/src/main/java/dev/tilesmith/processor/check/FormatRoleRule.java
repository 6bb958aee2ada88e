package dev.tilesmith.processor.check;

import dev.tilesmith.processor.model.Declaration;
import dev.tilesmith.processor.model.Location;
import dev.tilesmith.spec.Format;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Each format can be what it is declared as: weights are not activations. */
final class FormatRoleRule implements Rule {
    private static final Set<Format> LHS =
            EnumSet.of(Format.F32, Format.F16, Format.BF16, Format.QAI8, Format.QAI8DX, Format.QSI8D32);
    private static final Set<Format> RHS = EnumSet.of(
            Format.F32,
            Format.F16,
            Format.BF16,
            Format.QSI8CX,
            Format.QSI4CX,
            Format.QSI4C32,
            Format.QAI4C32,
            Format.QSU2CX,
            Format.QSI8D32);
    private static final Set<Format> DST = EnumSet.of(Format.F32, Format.F16, Format.BF16, Format.I32, Format.QAI8);

    @Override
    public List<Finding> check(Declaration declaration) {
        final List<Finding> findings = new ArrayList<>();
        checkRole(findings, "lhs", "the left operand", declaration.lhs(), LHS);
        checkRole(findings, "rhs", "the right operand", declaration.rhs(), RHS);
        checkRole(findings, "dst", "the result", declaration.dst(), DST);
        return findings;
    }

    private static void checkRole(
            List<Finding> findings, String attribute, String role, Format format, Set<Format> allowed) {
        if (!allowed.contains(format)) {
            findings.add(Finding.of(
                    Message.FORMAT_IN_WRONG_ROLE,
                    Location.matMul(attribute),
                    attribute,
                    format,
                    nature(format),
                    role,
                    allowed));
        }
    }

    private static String nature(Format format) {
        return switch (format) {
            case QAI8DX, QSI8D32 -> "activations, quantized when the kernel runs";
            case QSI8CX, QSI4CX, QSI4C32, QAI4C32, QSU2CX -> "weights, quantized before";
            case QAI8 -> "activations, quantized before";
            case I32 -> "sums of products";
            case F32, F16, BF16 -> "floating point";
        };
    }
}
