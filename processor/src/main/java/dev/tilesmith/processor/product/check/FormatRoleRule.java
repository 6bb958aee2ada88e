package dev.tilesmith.processor.product.check;

import dev.tilesmith.processor.check.Finding;
import dev.tilesmith.processor.check.Rule;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.recipe.FormatRole;
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
                .flatMap(role -> fault(declaration, role).stream())
                .toList();
    }

    private static Optional<Finding> fault(Declaration declaration, FormatRole role) {
        final Format format = role.in(declaration.formats());
        final List<FormatRole> roles = FormatRole.of(format);
        return roles.contains(role)
                ? Optional.empty()
                : Optional.of(Finding.of(
                        ProductMessage.FORMAT_IN_WRONG_ROLE,
                        declaration.place(role.attribute()),
                        role.attribute(),
                        format,
                        FormatRole.nature(format),
                        roles.stream().map(FormatRole::attribute).collect(Collectors.joining(" or ")),
                        role.attribute(),
                        role.formats()));
    }
}
