package dev.tilesmith.processor.emit;

import static dev.tilesmith.processor.emit.Int8FamilyType.rows;
import static dev.tilesmith.processor.emit.Int8FamilyType.value;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.tilesmith.processor.lower.vectorapi.Int4Source;
import dev.tilesmith.processor.model.Declaration;
import dev.tilesmith.processor.plan.FamilyPlan;
import dev.tilesmith.processor.program.Int4Programs;
import dev.tilesmith.processor.program.Int4Programs.Scheme;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.runtime.Int4Tiles;
import java.lang.foreign.MemorySegment;
import java.util.List;
import javax.lang.model.element.Modifier;

/** The class of one family in Java of int4 weights with scales for blocks: a method for each tile. */
final class Int4FamilyType {
    private final Declaration declaration;
    private final FamilyPlan plan;
    private final GeneratedNames names;

    Int4FamilyType(Declaration declaration, FamilyPlan plan) {
        this.declaration = declaration;
        this.plan = plan;
        this.names = new GeneratedNames(declaration.subject());
    }

    TypeSpec type() {
        final TypeSpec.Builder type = TypeSpec.classBuilder(names.family(plan.target()))
                .addAnnotation(GeneratedNames.generated())
                .addModifiers(Modifier.FINAL)
                .addSuperinterface(Int4Tiles.class)
                .addJavadoc(
                        "The micro-kernels of {@link $T} for $L: tiles of $L rows by $L columns.\n",
                        names.kernel(),
                        plan.target(),
                        rows(plan.mrs()),
                        plan.nr())
                .addMethod(accumulate());
        plan.mrs().forEach(mr -> type.addMethod(tile(mr)));
        return type.build();
    }

    private MethodSpec accumulate() {
        final CodeBlock.Builder code = CodeBlock.builder().beginControlFlow("switch (mr)");
        for (final int mr : plan.mrs()) {
            code.addStatement(
                    "case $1L -> tile$1Lx$2L(lhs, lhsOffset, rhs, rhsOffset, totals, totalsOffset, blocks, blockLength)",
                    mr,
                    plan.nr());
        }
        code.addStatement(
                "default -> throw new $T(\"mr: \" + mr + \"; there are tiles of $L rows\")",
                IllegalArgumentException.class,
                rows(plan.mrs()));
        return MethodSpec.methodBuilder("accumulate")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .addParameter(value(TypeName.INT, "mr"))
                .addParameters(tileParameters())
                .addCode(code.endControlFlow().build())
                .build();
    }

    private MethodSpec tile(int mr) {
        final Program program = Int4Programs.tile(
                Scheme.FLOATS,
                TilePrograms.scales(declaration),
                mr,
                plan.vectors(),
                plan.lanes(),
                declaration.bias(),
                declaration.clamp());
        return MethodSpec.methodBuilder("tile" + mr + "x" + plan.nr())
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .addParameters(tileParameters())
                .addCode(new Int4Source(program, Int4Tiles.LHS_STRIDE).addToTotals())
                .build();
    }

    private static List<ParameterSpec> tileParameters() {
        return List.of(
                value(ArrayTypeName.of(TypeName.FLOAT), "lhs"),
                value(TypeName.INT, "lhsOffset"),
                value(ClassName.get(MemorySegment.class), "rhs"),
                value(TypeName.LONG, "rhsOffset"),
                value(ArrayTypeName.of(TypeName.FLOAT), "totals"),
                value(TypeName.INT, "totalsOffset"),
                value(TypeName.INT, "blocks"),
                value(TypeName.INT, "blockLength"));
    }
}
