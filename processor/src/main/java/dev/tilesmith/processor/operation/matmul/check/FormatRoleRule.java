package dev.tilesmith.processor.operation.matmul.check;

import dev.tilesmith.processor.check.Finding;
import dev.tilesmith.processor.check.Rule;
import dev.tilesmith.processor.operation.matmul.model.Declaration;
import dev.tilesmith.processor.operation.matmul.model.Places;
import dev.tilesmith.processor.operation.matmul.recipe.FormatRole;
import dev.tilesmith.spec.Format;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Each format can be what it is declared as: weights are not activations. */
final class FormatRoleRule implements Rule<Declaration> {
    @Override
    public List<Finding> check(Declaration declaration) {
        return Stream.of(FormatRole.values())
                .flatMap(role -> fault(role, role.in(declaration.formats())).stream())
                .toList();
    }

    private static Optional<Finding> fault(FormatRole role, Format format) {
        final List<FormatRole> roles = FormatRole.of(format);
        return roles.contains(role)
                ? Optional.empty()
                : Optional.of(Finding.of(
                        MatMulMessage.FORMAT_IN_WRONG_ROLE,
                        Places.matMul(role.attribute()),
                        role.attribute(),
                        format,
                        FormatRole.nature(format),
                        roles.stream().map(FormatRole::attribute).collect(Collectors.joining(" or ")),
                        role.attribute(),
                        role.formats()));
    }
}
