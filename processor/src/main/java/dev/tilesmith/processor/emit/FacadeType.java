package dev.tilesmith.processor.emit;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import dev.tilesmith.kernel.drive.BlockJavaCompute;
import dev.tilesmith.kernel.drive.Compute;
import dev.tilesmith.kernel.drive.DrivenKernel;
import dev.tilesmith.kernel.drive.F32JavaCompute;
import dev.tilesmith.kernel.drive.F32NativeCompute;
import dev.tilesmith.kernel.drive.Int8JavaCompute;
import dev.tilesmith.kernel.drive.Int8NativeCompute;
import dev.tilesmith.kernel.drive.StaticInt8JavaCompute;
import dev.tilesmith.kernel.drive.StaticInt8NativeCompute;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.processor.model.Declaration;
import dev.tilesmith.processor.model.Scope;
import dev.tilesmith.processor.plan.FamilyPlan;
import dev.tilesmith.processor.plan.KernelPlan;
import dev.tilesmith.processor.plan.SupportedFormats;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.Family;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Target;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import javax.lang.model.element.Modifier;

/** {@code LinearKernels}: the families, the dispatch table over them, and the kernel bound to one. */
final class FacadeType {
    private final KernelPlan plan;
    private final Declaration declaration;
    private final GeneratedNames names;

    FacadeType(KernelPlan plan) {
        this.plan = plan;
        this.declaration = plan.declaration();
        this.names = new GeneratedNames(declaration);
    }

    /** The constant that holds a target's family. */
    static String familyConstant(Target target) {
        return "FAMILY_" + target;
    }

    TypeSpec type() {
        final TypeSpec.Builder type = names.facade()
                .addJavadoc(
                        "The kernels of {@link $T}: $L, $L.\n",
                        names.kernel(),
                        escaped(declaration.formats().toString()),
                        declaration.numerics().name().toLowerCase(Locale.ROOT));
        spared().ifPresent(type::addAnnotation);
        if (declaration.subject().isPublic()) {
            type.addModifiers(Modifier.PUBLIC);
        }
        plan.families().forEach(family -> type.addField(familyField(family)));
        return type.addField(table())
                .addMethod(MethodSpec.constructorBuilder()
                        .addJavadoc("There are no instances.\n")
                        .addModifiers(Modifier.PRIVATE)
                        .build())
                .addMethod(best())
                .addMethod(tableMethod())
                .addMethod(bound())
                .build();
    }

    /** In Javadoc an arrow's head is an entity. */
    private static String escaped(String text) {
        return text.replace(">", "&gt;");
    }

    /** What the facade is to be spared: what the interface is cause of, and that the mark is of a module not exported. */
    private Optional<AnnotationSpec> spared() {
        final NavigableSet<String> warnings =
                new TreeSet<>(declaration.subject().warnings());
        final Scope scope = declaration.scope();
        if (declaration.subject().isPublic()
                && scope.hasGenerated()
                && !scope.module().isEmpty()) {
            warnings.add("exports");
        }
        if (warnings.isEmpty()) {
            return Optional.empty();
        }
        final AnnotationSpec.Builder spared = AnnotationSpec.builder(SuppressWarnings.class);
        warnings.forEach(warning -> spared.addMember("value", "$S", warning));
        return Optional.of(spared.build());
    }

    private FieldSpec familyField(FamilyPlan family) {
        return FieldSpec.builder(Family.class, familyConstant(family.target()))
                .addJavadoc("The tiles for $L.\n", family.target())
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
                        "\nnew $T<>($>$>\n$L,\n(family, host) -> bound($L)$<$<)",
                        DispatchTable.Entry.class,
                        familyConstant(family.target()),
                        compute(family)))
                .collect(CodeBlock.joining(","));
        return FieldSpec.builder(tableType(), "TABLE")
                .addJavadoc("Every family, in order of preference.\n")
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
                .addJavadoc("""
                    The kernel of the best family that this CPU and this JVM can run.

                    @return the kernel, for any number of threads
                    """)
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(names.kernel())
                .addStatement("return TABLE.best()")
                .build();
    }

    private MethodSpec tableMethod() {
        return MethodSpec.methodBuilder("table")
                .addJavadoc("""
                    Every family there is: which was chosen here, and why.

                    @return the table
                    """)
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(tableType())
                .addStatement("return TABLE")
                .build();
    }

    /**
     * The class that implements the interface has no body: names there would be looked for among the interface's members
     * first. Nor is anything of the interface in scope where its superclass hands on what it computes by.
     */
    private MethodSpec bound() {
        final TypeSpec driven = TypeSpec.classBuilder(names.local().driven())
                .addModifiers(Modifier.ABSTRACT)
                .superclass(DrivenKernel.class)
                .addMethod(MethodSpec.constructorBuilder()
                        .addStatement("super(code, $L)", declaration.clamp())
                        .build())
                .build();
        return MethodSpec.methodBuilder("bound")
                .addJavadoc("""
                    The kernel of one family.

                    @param code what it computes by
                    @return the kernel
                    """)
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(names.kernel())
                .addParameter(ParameterSpec.builder(Compute.class, "code").build())
                .addCode("$L", driven)
                .addCode(
                        "final class $L extends $L implements $T {}\n",
                        names.local().bound(),
                        driven.name(),
                        names.kernel())
                .addStatement("return new $L()", names.local().bound())
                .build();
    }
}
