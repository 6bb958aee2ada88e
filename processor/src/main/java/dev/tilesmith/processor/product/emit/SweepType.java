package dev.tilesmith.processor.product.emit;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.tilesmith.processor.emit.GeneratedNames;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.model.JmhTypes;
import dev.tilesmith.processor.product.model.SweepRequest;
import dev.tilesmith.processor.product.plan.KernelPlan;
import dev.tilesmith.spec.Variant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.lang.model.element.Modifier;

/** {@code LinearSweep}: a JMH class over every variant of a declaration, and the shapes that it is to be measured with. */
final class SweepType {
    private static final ClassName PRODUCT = ClassName.bestGuess(JmhTypes.PRODUCT);

    private final KernelPlan plan;
    private final SweepRequest sweep;
    private final GeneratedNames names;

    SweepType(KernelPlan plan, SweepRequest sweep) {
        this.plan = plan;
        this.sweep = sweep;
        this.names = new GeneratedNames(plan.declaration());
    }

    TypeSpec type() {
        final TypeSpec.Builder type = names.sweep()
                .addJavadoc("""
                    Measures every variant of {@link $T} by JMH. Of the many choose some: {@code -p variant=... -p shape=...}.
                    A variant that cannot run here fails before it is measured, and the others go on.
                    """, names.kernel())
                .addModifiers(Modifier.PUBLIC)
                .addAnnotation(AnnotationSpec.builder(jmh("State"))
                        .addMember("value", "$T.Thread", jmh("Scope"))
                        .build())
                .addAnnotation(AnnotationSpec.builder(jmh("BenchmarkMode"))
                        .addMember("value", "$T.AverageTime", jmh("Mode"))
                        .build())
                .addAnnotation(AnnotationSpec.builder(jmh("OutputTimeUnit"))
                        .addMember("value", "$T.MICROSECONDS", TimeUnit.class)
                        .build())
                .addField(parameter("variant", "The tile, and how its loop goes.", variants()))
                .addField(parameter("shape", "The shape of the product.", sweep.shapes()))
                .addField(
                        FieldSpec.builder(PRODUCT, "product", Modifier.PRIVATE).build());
        new Spared(plan.declaration()).ofPublicType().ifPresent(type::addAnnotation);
        return type.addMethod(constructor())
                .addMethod(setUp())
                .addMethod(run())
                .addMethod(tearDown())
                .build();
    }

    private static ClassName jmh(String name) {
        return ClassName.get(JmhTypes.ANNOTATIONS, name);
    }

    /** Families of a target may share tiles, which are measured once. */
    private List<String> variants() {
        return plan.families().stream()
                .flatMap(family -> family.mrs().stream().map(mr -> {
                    final Declaration declaration = plan.declaration();
                    return new Variant(
                            declaration.dst(),
                            declaration.lhs(),
                            declaration.rhs(),
                            mr,
                            family.nr(),
                            family.kr(),
                            family.target(),
                            family.schedule());
                }))
                .map(Variant::name)
                .distinct()
                .toList();
    }

    private static FieldSpec parameter(String name, String what, List<String> values) {
        final CodeBlock all =
                values.stream().map(value -> CodeBlock.of("$S", value)).collect(CodeBlock.joining(",\n"));
        return FieldSpec.builder(String.class, name, Modifier.PUBLIC)
                .addJavadoc("$L\n", what)
                .addAnnotation(AnnotationSpec.builder(jmh("Param"))
                        .addMember("value", "{$>\n$L$<\n}", all)
                        .build())
                .build();
    }

    private static MethodSpec constructor() {
        return MethodSpec.constructorBuilder()
                .addJavadoc("As JMH makes it, without a product.\n")
                .addModifiers(Modifier.PUBLIC)
                .build();
    }

    private MethodSpec setUp() {
        return MethodSpec.methodBuilder("setUp")
                .addJavadoc("Makes operands, and packs weights for the variant.\n")
                .addAnnotation(jmh("Setup"))
                .addModifiers(Modifier.PUBLIC)
                .addStatement("product = $T.of($T.table(), variant, shape)", PRODUCT, names.facadeName())
                .build();
    }

    private static MethodSpec run() {
        return MethodSpec.methodBuilder("run")
                .addJavadoc("One product.\n")
                .addAnnotation(jmh("Benchmark"))
                .addModifiers(Modifier.PUBLIC)
                .addStatement("product.run()")
                .build();
    }

    private static MethodSpec tearDown() {
        return MethodSpec.methodBuilder("tearDown")
                .addJavadoc("Gives the memory back.\n")
                .addAnnotation(jmh("TearDown"))
                .addModifiers(Modifier.PUBLIC)
                .addStatement("product.close()")
                .build();
    }
}
