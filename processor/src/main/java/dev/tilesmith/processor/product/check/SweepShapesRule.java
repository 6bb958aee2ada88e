package dev.tilesmith.processor.product.check;

import dev.tilesmith.processor.check.Finding;
import dev.tilesmith.processor.check.Rule;
import dev.tilesmith.processor.model.Location;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.model.Places;
import dev.tilesmith.processor.product.recipe.Recipe;
import dev.tilesmith.processor.product.recipe.Recipes;
import dev.tilesmith.spec.SweptShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Shapes to be measured are such, each named once, and end where blocks of weights do. */
final class SweepShapesRule implements Rule<Declaration> {
    /** Values of the smallest blocks. */
    private static final int BLOCK = 32;

    @Override
    public List<Finding> check(Declaration declaration) {
        return declaration.sweep().stream()
                .flatMap(sweep -> check(declaration, sweep.shapes()))
                .toList();
    }

    private static Stream<Finding> check(Declaration declaration, List<String> shapes) {
        if (shapes.isEmpty()) {
            return Stream.of(Finding.of(
                    ProductMessage.NOTHING_SWEPT, Places.sweep("shapes"), "shapes", "one shape of each class"));
        }
        final List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < shapes.size(); i++) {
            final Location location = Places.sweep("shapes", i);
            final String name = shapes.get(i);
            if (shapes.indexOf(name) < i) {
                findings.add(Finding.of(ProductMessage.DUPLICATE_SHAPE, location, name));
            } else {
                fault(declaration, name, location).ifPresent(findings::add);
            }
        }
        return findings.stream();
    }

    private static Optional<Finding> fault(Declaration declaration, String name, Location location) {
        try {
            return withinBlock(declaration, SweptShape.parse(name), location);
        } catch (IllegalArgumentException e) {
            return Optional.of(Finding.of(ProductMessage.SHAPE_REFUSED, location, e.getMessage()));
        }
    }

    private static Optional<Finding> withinBlock(Declaration declaration, SweptShape shape, Location location) {
        return Recipes.of(declaration.formats())
                .filter(SweepShapesRule::hasBlocks)
                .filter(_ -> shape.k() % BLOCK != 0)
                .map(recipe -> Finding.of(
                        ProductMessage.SHAPE_WITHIN_BLOCK,
                        location,
                        shape,
                        shape.k(),
                        recipe.formats().rhs(),
                        BLOCK,
                        nearest(shape.k())));
    }

    private static boolean hasBlocks(Recipe recipe) {
        return !recipe.scaleFormats().isEmpty();
    }

    private static String nearest(int k) {
        final int below = k / BLOCK * BLOCK;
        return below == 0 ? "" + BLOCK : below + " and " + (below + BLOCK);
    }
}
