package dev.tilesmith.processor;

import dev.tilesmith.processor.product.model.Formats;
import dev.tilesmith.processor.product.recipe.Recipes;
import java.util.ArrayList;
import java.util.List;

/** Sources of declarations of the package {@code p}. */
final class Kernels {
    private static final String IMPORTS = """
        package p;
        import dev.tilesmith.runtime.MatMulKernel;
        import dev.tilesmith.spec.Format;
        import dev.tilesmith.spec.MatMul;
        import dev.tilesmith.spec.Target;
        import dev.tilesmith.spec.Tiles;
        """;

    static final String F32 = "@MatMul(lhs = Format.F32, rhs = Format.F32, dst = Format.F32)\n";

    private Kernels() {}

    /** A file of {@code p} with what declarations import. */
    static String file(String body) {
        return IMPORTS + body;
    }

    /** The f32 kernel {@code Linear}, with a comment. */
    static String linear(String type) {
        return file("/** A kernel. */\n" + F32 + type);
    }

    /**
     * One kernel for each combination of formats there is, K0, K1 and so on.
     *
     * @param targets the targets, as Java
     * @param supertypes what they extend besides
     */
    static List<String> ofAllFormats(String targets, String supertypes) {
        final List<String> all = new ArrayList<>();
        for (final Formats formats : Recipes.formats()) {
            all.add(file("""
                /** A kernel. */
                @MatMul(lhs = Format.%s, rhs = Format.%s, dst = Format.%s, targets = %s)
                public interface K%d extends MatMulKernel%s {}
                """.formatted(formats.lhs(), formats.rhs(), formats.dst(), targets, all.size(), supertypes)));
        }
        return all;
    }
}
