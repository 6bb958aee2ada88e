package dev.tilesmith.processor.emit;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.tilesmith.processor.lower.vectorapi.Int4Source;
import dev.tilesmith.processor.lower.vectorapi.Int8Dialect;
import dev.tilesmith.processor.lower.vectorapi.Int8Source;
import dev.tilesmith.processor.model.Declaration;
import dev.tilesmith.processor.plan.FamilyPlan;
import dev.tilesmith.processor.plan.SupportedFormats;
import dev.tilesmith.processor.program.Int4Programs;
import dev.tilesmith.processor.program.Int8Programs;
import dev.tilesmith.processor.program.Int8Programs.Scheme;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.processor.program.TwoBitPrograms;
import dev.tilesmith.runtime.Int8Tiles;
import dev.tilesmith.spec.Format;
import java.lang.foreign.MemorySegment;
import java.util.List;
import javax.lang.model.element.Modifier;

/** The class of one family in Java whose sums are integers, of int8 weights, int4 or two bits: a method for each tile. */
final class Int8FamilyType {
    private final Declaration declaration;
    private final FamilyPlan plan;
    private final GeneratedNames names;
    private final Int8Dialect dialect;

    Int8FamilyType(Declaration declaration, FamilyPlan plan) {
        this.declaration = declaration;
        this.plan = plan;
        this.names = new GeneratedNames(declaration.subject());
        this.dialect = Int8Dialect.of(plan.lanes());
    }

    TypeSpec type() {
        final TypeSpec.Builder type = TypeSpec.classBuilder(names.family(plan.target()))
                .addAnnotation(GeneratedNames.generated())
                .addModifiers(Modifier.FINAL)
                .addSuperinterface(Int8Tiles.class)
                .addJavadoc(
                        "The micro-kernels of {@link $T} for $L: tiles of $L rows by $L columns.\n",
                        names.kernel(),
                        plan.target(),
                        rows(plan.mrs()),
                        plan.nr())
                .addMethod(accumulate());
        if (hasTable()) {
            addTable(type);
        }
        plan.mrs().forEach(mr -> type.addMethod(tile(mr)));
        return type.build();
    }

    private boolean hasTable() {
        return SupportedFormats.hasTable(declaration.rhs());
    }

    /** What two bits stand for is known when weights are packed: an instance is made for it. */
    private static void addTable(TypeSpec.Builder type) {
        type.addField(TypeName.INT, "table", Modifier.PRIVATE, Modifier.FINAL)
                .addMethod(MethodSpec.constructorBuilder()
                        .addParameter(value(TypeName.INT, "table"))
                        .addStatement("this.table = table")
                        .build());
    }

    static String rows(List<Integer> mrs) {
        return mrs.size() == mrs.getLast() ? "1 to " + mrs.getLast() : mrs.toString();
    }

    private MethodSpec accumulate() {
        final CodeBlock.Builder code = CodeBlock.builder().beginControlFlow("switch (mr)");
        for (final int mr : plan.mrs()) {
            code.addStatement(
                    "case $1L -> tile$1Lx$2L(lhs, lhsOffset, rhs, rhsOffset, sums, sumsOffset, k)", mr, plan.nr());
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
        return MethodSpec.methodBuilder("tile" + mr + "x" + plan.nr())
                .addModifiers(hasTable() ? List.of(Modifier.PRIVATE) : List.of(Modifier.PRIVATE, Modifier.STATIC))
                .addParameters(tileParameters())
                .addCode(code(mr))
                .build();
    }

    private CodeBlock code(int mr) {
        final boolean bias = declaration.bias();
        final boolean clamp = declaration.clamp();
        if (hasTable()) {
            final Program program =
                    TwoBitPrograms.tile(TwoBitPrograms.Scheme.FLOATS, mr, plan.vectors(), plan.lanes(), bias, clamp);
            return new Int4Source(program, Int8Tiles.LHS_STRIDE).addToSums();
        }
        if (declaration.rhs() == Format.QSI4CX) {
            final Program program = Int4Programs.tile(
                    Int4Programs.Scheme.FLOATS,
                    Int4Programs.Scales.OF_CHANNELS,
                    mr,
                    plan.vectors(),
                    plan.lanes(),
                    bias,
                    clamp);
            return new Int4Source(program, Int8Tiles.LHS_STRIDE).addToSums();
        }
        final Program program = Int8Programs.tile(Scheme.FLOATS, mr, plan.vectors(), plan.lanes(), bias, clamp);
        return new Int8Source(program, dialect, Int8Tiles.LHS_STRIDE).accumulate();
    }

    private static List<ParameterSpec> tileParameters() {
        return List.of(
                value(ArrayTypeName.of(TypeName.FLOAT), "lhs"),
                value(TypeName.INT, "lhsOffset"),
                value(ClassName.get(MemorySegment.class), "rhs"),
                value(TypeName.LONG, "rhsOffset"),
                value(ArrayTypeName.of(TypeName.INT), "sums"),
                value(TypeName.INT, "sumsOffset"),
                value(TypeName.INT, "k"));
    }

    static ParameterSpec value(TypeName type, String name) {
        return ParameterSpec.builder(type, name).build();
    }
}
