package dev.tilesmith.processor.emit;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import java.lang.foreign.MemorySegment;
import java.util.List;

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
    static List<ParameterSpec> bare(List<ParameterSpec> parameters) {
        return parameters.stream()
                .map(parameter -> ParameterSpec.builder(parameter.type(), parameter.name())
                        .build())
                .toList();
    }
}
