package dev.tilesmith.processor.product.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.plan.FamilyPlan;
import dev.tilesmith.processor.product.plan.KernelPlan;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Schedule;
import dev.tilesmith.spec.Target;
import java.util.List;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;

/** The constant of a facade that says what a family is. */
final class FamilyField {
    private final KernelPlan plan;
    private final FamilyPlan family;

    FamilyField(KernelPlan plan, FamilyPlan family) {
        this.plan = plan;
        this.family = family;
    }

    /** Its name: {@code FAMILY_AVX2}, {@code FAMILY_AVX2_24X2_NOFETCH}. */
    static String name(FamilyPlan family) {
        return "FAMILY_" + family.name().inConstants();
    }

    FieldSpec field() {
        final Declaration declaration = plan.declaration();
        return FieldSpec.builder(PanelFamily.class, name(family))
                .addJavadoc("The tiles for $L$L.\n", family.target(), tiles())
                .addModifiers(Modifier.STATIC, Modifier.FINAL)
                .initializer(
                        "new $T($>$>\n$T.$L,\n$T.$L,\n$L,\n$T.$L,\n$L$L$<$<)",
                        PanelFamily.class,
                        Format.class,
                        declaration.dst(),
                        Format.class,
                        declaration.lhs(),
                        new FamilyLayout(plan, family).expression(),
                        Target.class,
                        family.target(),
                        schedule(),
                        rows())
                .build();
    }

    /** Which they are, where a target has several families. */
    private String tiles() {
        return switch (family.rank()) {
            case DEFAULT -> "";
            case LATTICE ->
                " of " + family.nr() + " columns"
                        + ScheduleText.of(family.schedule()).map(", "::concat).orElse("");
        };
    }

    /** Nothing for that of every target. */
    private CodeBlock schedule() {
        final Schedule schedule = family.schedule();
        return schedule.equals(Schedule.DEFAULT)
                ? CodeBlock.of("")
                : CodeBlock.of(
                        "new $T($L, $T.$L),\n",
                        Schedule.class,
                        schedule.unroll(),
                        Schedule.Prefetch.class,
                        schedule.prefetch());
    }

    /** As a range where a class has many families: a method of the class file holds all that is said of them. */
    private CodeBlock rows() {
        final List<Integer> mrs = family.mrs();
        return switch (family.rank()) {
            case DEFAULT -> listed(mrs);
            case LATTICE ->
                mrs.size() == mrs.getLast()
                        ? CodeBlock.of("$T.rangeClosed(1, $L).boxed().toList()", IntStream.class, mrs.getLast())
                        : listed(mrs);
        };
    }

    private static CodeBlock listed(List<Integer> mrs) {
        return CodeBlock.of(
                "$T.of($L)",
                List.class,
                mrs.stream().map(mr -> CodeBlock.of("$L", mr)).collect(CodeBlock.joining(",$W")));
    }
}
