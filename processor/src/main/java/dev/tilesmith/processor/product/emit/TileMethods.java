package dev.tilesmith.processor.product.emit;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import dev.tilesmith.processor.product.plan.FamilyPlan;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** What methods of families in Java have in common, with their comments. */
final class TileMethods {
    private TileMethods() {}

    static MethodSpec constructor() {
        return MethodSpec.constructorBuilder()
                .addJavadoc("Tiles without a state.\n")
                .build();
    }

    /** The method of one tile, without parameters and code. */
    static MethodSpec.Builder tile(int mr, int nr) {
        return MethodSpec.methodBuilder("tile" + mr + "x" + nr)
                .addJavadoc("A tile of $L by $L columns.\n", mr == 1 ? "1 row" : mr + " rows", nr);
    }

    /** The rows that there are tiles of, as text: {@code 1 to 6}. */
    static String rows(List<Integer> mrs) {
        return mrs.size() == mrs.getLast() ? "1 to " + mrs.getLast() : mrs.toString();
    }

    /** The method that chooses among the tiles of a family. */
    static MethodSpec accumulate(FamilyPlan plan, List<ParameterSpec> parameters) {
        final String arguments = parameters.stream().map(ParameterSpec::name).collect(Collectors.joining(", "));
        final CodeBlock.Builder choice = CodeBlock.builder().beginControlFlow("switch (mr)");
        for (final int mr : plan.mrs()) {
            choice.addStatement("case $1L -> tile$1Lx$2L($3L)", mr, plan.nr(), arguments);
        }
        choice.addStatement(
                "default -> throw new $T(\"mr: \" + mr + \"; there are tiles of $L rows\")",
                IllegalArgumentException.class,
                rows(plan.mrs()));
        return MethodSpec.methodBuilder("accumulate")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .addParameter(ParameterSpec.builder(TypeName.INT, "mr").build())
                .addParameters(bare(parameters))
                .addCode(choice.endControlFlow().build())
                .build();
    }

    static ParameterSpec lhs() {
        return parameter(ArrayTypeName.of(TypeName.FLOAT), "lhs", "block of rows");
    }

    static ParameterSpec lhsOffset() {
        return parameter(TypeName.INT, "lhsOffset", "where the tile's first row starts");
    }

    static ParameterSpec rhs() {
        return parameter(TypeName.get(MemorySegment.class), "rhs", "packed weights");
    }

    static ParameterSpec rhsOffset() {
        return parameter(TypeName.LONG, "rhsOffset", "byte at which the panel's values start");
    }

    static ParameterSpec parameter(TypeName type, String name, String what) {
        return ParameterSpec.builder(type, name).addJavadoc("$L\n", what).build();
    }

    /** Parameters without comments, for a method that has those of what it overrides. */
    private static List<ParameterSpec> bare(List<ParameterSpec> parameters) {
        return parameters.stream()
                .map(parameter -> ParameterSpec.builder(parameter.type(), parameter.name())
                        .build())
                .toList();
    }
}
