package dev.tilesmith.processor.product.recipe;

import dev.tilesmith.processor.product.model.Formats;
import dev.tilesmith.spec.Format;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a format can be in a declaration: what it is in a recipe. */
public enum FormatRole {
    /** The left operand, activations. */
    LHS("lhs", Formats::lhs, recipe -> recipe.lhs().nature()),
    /** The right operand, weights. */
    RHS("rhs", Formats::rhs, _ -> "weights"),
    /** The result. */
    DST("dst", Formats::dst, recipe -> recipe.dst().nature());

    private final String attribute;
    private final Function<Formats, Format> place;
    private final Function<Recipe, String> nature;

    FormatRole(String attribute, Function<Formats, Format> place, Function<Recipe, String> nature) {
        this.attribute = attribute;
        this.place = place;
        this.nature = nature;
    }

    /** The attribute of a declaration that says it. */
    public String attribute() {
        return attribute;
    }

    /** The format that has the role among three. */
    public Format in(Formats formats) {
        return place.apply(formats);
    }

    /** Formats that can have the role, in the order of the enum. */
    public List<Format> formats() {
        return Recipes.formats().stream().map(place).distinct().sorted().toList();
    }

    /** The roles that a format can have: one at least. */
    public static List<FormatRole> of(Format format) {
        return Stream.of(values())
                .filter(role -> role.formats().contains(format))
                .toList();
    }

    /** What a format is for: as an operand, or, where it is none, as a result. */
    public static String nature(Format format) {
        final List<FormatRole> roles = of(format);
        final List<FormatRole> operands =
                roles.stream().filter(role -> role != DST).toList();
        return (operands.isEmpty() ? roles : operands)
                .stream().flatMap(role -> role.natures(format)).distinct().collect(Collectors.joining(", and "));
    }

    private Stream<String> natures(Format format) {
        return Recipes.all().stream()
                .filter(recipe -> in(recipe.formats()) == format)
                .map(nature);
    }
}
