package dev.tilesmith.processor.product.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import dev.tilesmith.kernel.dispatch.FamilyEntry;
import dev.tilesmith.kernel.dispatch.FamilyTable;
import dev.tilesmith.kernel.drive.Lineup;
import dev.tilesmith.processor.emit.GeneratedNames;
import dev.tilesmith.processor.emit.NoInstances;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.plan.KernelPlan;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.spec.Activation;
import java.util.List;
import java.util.Locale;
import javax.lang.model.element.Modifier;

/** {@code LinearKernels}: the families, the dispatch table over them, and the kernel bound to one. */
final class FacadeType {
    private final KernelPlan plan;
    private final Declaration declaration;
    private final GeneratedNames names;
    private final FamilyCode code;

    FacadeType(KernelPlan plan, FamilyCode code) {
        this.plan = plan;
        this.code = code;
        this.declaration = plan.declaration();
        this.names = new GeneratedNames(declaration);
    }

    TypeSpec type() {
        final TypeSpec.Builder type = names.facade()
                .addJavadoc(
                        "The kernels of {@link $T}: $L, $L.\n",
                        names.kernel(),
                        escaped(declaration.formats().toString()),
                        declaration.numerics().name().toLowerCase(Locale.ROOT));
        new Spared(declaration).ofFacade().ifPresent(type::addAnnotation);
        if (declaration.subject().isPublic()) {
            type.addModifiers(Modifier.PUBLIC);
        }
        plan.families().forEach(family -> type.addField(new FamilyField(plan, family).field()));
        return type.addField(table())
                .addMethod(NoInstances.constructor())
                .addMethod(best())
                .addMethod(tableMethod())
                .addMethod(bound())
                .build();
    }

    /** In Javadoc an arrow's head is an entity. */
    private static String escaped(String text) {
        return text.replace(">", "&gt;");
    }

    private ParameterizedTypeName tableType() {
        return ParameterizedTypeName.get(ClassName.get(DispatchTable.class), names.kernel());
    }

    private FieldSpec table() {
        final CodeBlock entries = plan.families().stream()
                .map(family -> CodeBlock.of(
                        "\nnew $T($>$>\n$L,\n(family, host, tuning) -> $L$<$<)",
                        FamilyEntry.class,
                        FamilyField.name(family),
                        code.compute(plan, family, names.family(family.name()))))
                .collect(CodeBlock.joining(","));
        return FieldSpec.builder(tableType(), "TABLE")
                .addJavadoc("Every family, in order of preference.\n")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .initializer(
                        "new $T<>($>$>\n$S,\n$Lcode -> bound(code),\n$T.of($>$>$L$<$<)$<$<)",
                        FamilyTable.class,
                        declaration.subject().qualifiedName(),
                        activation(),
                        List.class,
                        entries)
                .build();
    }

    /** Nothing where there is none. */
    private CodeBlock activation() {
        return declaration.activation() == Activation.NONE
                ? CodeBlock.of("")
                : CodeBlock.of("$T.$L,\n", Activation.class, declaration.activation());
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
                .superclass(declaration.kernel().superclass())
                .addMethod(MethodSpec.constructorBuilder()
                        .addStatement("super(code, $L)", declaration.clamp())
                        .build())
                .build();
        return MethodSpec.methodBuilder("bound")
                .addJavadoc("""
                    The kernel that computes by families' code.

                    @param code the code
                    @return the kernel
                    """)
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(names.kernel())
                .addParameter(ParameterSpec.builder(Lineup.class, "code").build())
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
