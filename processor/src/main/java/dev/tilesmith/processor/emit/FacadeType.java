package dev.tilesmith.processor.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import dev.tilesmith.processor.model.Declaration;
import dev.tilesmith.processor.plan.FamilyPlan;
import dev.tilesmith.processor.plan.KernelPlan;
import dev.tilesmith.processor.plan.SupportedFormats;
import dev.tilesmith.runtime.BlockJavaCompute;
import dev.tilesmith.runtime.Compute;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.DrivenKernel;
import dev.tilesmith.runtime.F32JavaCompute;
import dev.tilesmith.runtime.F32NativeCompute;
import dev.tilesmith.runtime.Family;
import dev.tilesmith.runtime.Int8JavaCompute;
import dev.tilesmith.runtime.Int8NativeCompute;
import dev.tilesmith.runtime.PanelLayout;
import dev.tilesmith.runtime.StaticInt8JavaCompute;
import dev.tilesmith.runtime.StaticInt8NativeCompute;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Target;
import java.util.List;
import javax.lang.model.element.Modifier;

/** {@code LinearKernels}: the families, the dispatch table over them, and the kernel bound to one. */
final class FacadeType {
    private static final String BOUND = "Bound";

    private final KernelPlan plan;
    private final Declaration declaration;
    private final GeneratedNames names;

    FacadeType(KernelPlan plan) {
        this.plan = plan;
        this.declaration = plan.declaration();
        this.names = new GeneratedNames(declaration.subject());
    }

    /** The constant that holds a target's family. */
    static String familyConstant(Target target) {
        return "FAMILY_" + target;
    }

    TypeSpec type() {
        final TypeSpec.Builder type = TypeSpec.classBuilder(names.facade())
                .addAnnotation(GeneratedNames.generated())
                .addModifiers(Modifier.FINAL)
                .addJavadoc(
                        "The kernels of {@link $T}: $L, $L.\n",
                        names.kernel(),
                        declaration.formats(),
                        declaration.numerics().name().toLowerCase(java.util.Locale.ROOT));
        if (declaration.subject().isPublic()) {
            type.addModifiers(Modifier.PUBLIC);
        }
        plan.families().forEach(family -> type.addField(familyField(family)));
        return type.addField(table())
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .build())
                .addMethod(best())
                .addMethod(tableMethod())
                .addType(bound())
                .build();
    }

    private FieldSpec familyField(FamilyPlan family) {
        return FieldSpec.builder(Family.class, familyConstant(family.target()))
                .addModifiers(Modifier.STATIC, Modifier.FINAL)
                .initializer(
                        "new $T($>$>\n$T.$L,\n$T.$L,\n$L,\n$T.$L,\n$T.of($L)$<$<)",
                        Family.class,
                        Format.class,
                        declaration.dst(),
                        Format.class,
                        declaration.lhs(),
                        layout(family),
                        Target.class,
                        family.target(),
                        List.class,
                        family.mrs().stream().map(mr -> CodeBlock.of("$L", mr)).collect(CodeBlock.joining(",$W")))
                .build();
    }

    private CodeBlock layout(FamilyPlan family) {
        final CodeBlock shape = CodeBlock.of(
                "$T.$L, $L, $L, $L", Format.class, declaration.rhs(), family.nr(), family.kr(), declaration.bias());
        if (SupportedFormats.hasBlocks(declaration.rhs())) {
            return CodeBlock.of("new $T($L, $T.$L)", PanelLayout.class, shape, Format.class, declaration.scales());
        }
        return declaration.lhs() == Format.QAI8
                ? CodeBlock.of(
                        "new $T($L, $T.$L, $L)",
                        PanelLayout.class,
                        shape,
                        Format.class,
                        declaration.dst(),
                        declaration.rhs() == Format.QSI8CX ? family.lhsOffset() : 0)
                : CodeBlock.of("new $T($L)", PanelLayout.class, shape);
    }

    private ParameterizedTypeName tableType() {
        return ParameterizedTypeName.get(ClassName.get(DispatchTable.class), names.kernel());
    }

    private FieldSpec table() {
        final CodeBlock entries = plan.families().stream()
                .map(family -> CodeBlock.of(
                        "\nnew $T<>($>$>\n$L,\n(family, host) -> new $L($L)$<$<)",
                        DispatchTable.Entry.class,
                        familyConstant(family.target()),
                        BOUND,
                        compute(family)))
                .collect(CodeBlock.joining(","));
        return FieldSpec.builder(tableType(), "TABLE")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .initializer(
                        "new $T<>($>$>\n$S,\n$T.of($>$>$L$<$<)$<$<)",
                        DispatchTable.class,
                        declaration.subject().qualifiedName(),
                        List.class,
                        entries)
                .build();
    }

    private CodeBlock compute(FamilyPlan family) {
        final ClassName code = names.family(family.target());
        if (declaration.lhs() == Format.QAI8) {
            return family.isNative()
                    ? CodeBlock.of("new $T($T.CODE.function(), family, host)", StaticInt8NativeCompute.class, code)
                    : CodeBlock.of("new $T(new $T(), family, host)", StaticInt8JavaCompute.class, code);
        }
        if (!family.isNative()) {
            final String tiles = SupportedFormats.hasTable(declaration.rhs()) ? "$T::new" : "new $T()";
            return CodeBlock.of("new $T(" + tiles + ", family, host)", javaCompute(), code);
        }
        if (!SupportedFormats.quantizesLhs(declaration.formats())) {
            return CodeBlock.of("new $T($T.CODE.function(), family, host)", F32NativeCompute.class, code);
        }
        final String packer = NativeType.packsBlocks(declaration, family) ? "$2T.PACKER.function(), " : "";
        return CodeBlock.of(
                "new $1T($2T.CODE.function(), $2T.QUANTIZER.function(), " + packer + "family, host)",
                Int8NativeCompute.class,
                code);
    }

    private Class<? extends Compute> javaCompute() {
        return switch (declaration.rhs()) {
            case QSI8CX, QSI4CX, QSU2CX -> Int8JavaCompute.class;
            case QSI4C32, QAI4C32, QSI8D32 -> BlockJavaCompute.class;
            default -> F32JavaCompute.class;
        };
    }

    private MethodSpec best() {
        return MethodSpec.methodBuilder("best")
                .addJavadoc("The kernel of the best family that this CPU and this JVM can run.\n")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(names.kernel())
                .addStatement("return TABLE.best()")
                .build();
    }

    private MethodSpec tableMethod() {
        return MethodSpec.methodBuilder("table")
                .addJavadoc("Every family there is: which was chosen here, and why.\n")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(tableType())
                .addStatement("return TABLE")
                .build();
    }

    private TypeSpec bound() {
        return TypeSpec.classBuilder(BOUND)
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .superclass(DrivenKernel.class)
                .addSuperinterface(names.kernel())
                .addMethod(MethodSpec.constructorBuilder()
                        .addParameter(Compute.class, "compute")
                        .addStatement("super(compute, $L)", declaration.clamp())
                        .build())
                .build();
    }
}
