package dev.tilesmith.processor.emit;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.tilesmith.processor.asm.x86.MachineCode;
import dev.tilesmith.processor.lower.x86.FamilyCode;
import dev.tilesmith.processor.lower.x86.Isa;
import dev.tilesmith.processor.model.Declaration;
import dev.tilesmith.processor.plan.FamilyPlan;
import dev.tilesmith.processor.program.F32Programs;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.spec.Target;
import java.util.List;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;

/** The class of one f32 family in machine code: its bytes, each instruction beside its text. */
final class F32NativeType {
    private final Declaration declaration;
    private final FamilyPlan plan;
    private final GeneratedNames names;

    F32NativeType(Declaration declaration, FamilyPlan plan) {
        this.declaration = declaration;
        this.plan = plan;
        this.names = new GeneratedNames(declaration.subject());
    }

    TypeSpec type() {
        final Isa isa = plan.target() == Target.AVX2 ? Isa.AVX2 : Isa.AVX512;
        final List<Program> programs = plan.mrs().stream()
                .flatMap(mr -> IntStream.rangeClosed(1, plan.vectors()).mapToObj(vectors -> program(mr, vectors)))
                .toList();
        final MachineCode code = FamilyCode.assemble(isa, programs);
        final TypeSpec.Builder type = TypeSpec.classBuilder(names.family(plan.target()))
                .addAnnotation(GeneratedNames.generated())
                .addModifiers(Modifier.FINAL)
                .addJavadoc("""
                        The machine code of {@link $T} for $L: one function with tiles of up to $L rows by $L columns,
                        $L bytes. Its arguments are laid out by {@code dev.tilesmith.runtime.NativeArguments}.
                        """, names.kernel(), plan.target(), plan.mrs().getLast(), plan.nr(), code.size())
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .build());
        new CodeConstant("CODE", code).addTo(type);
        return type.build();
    }

    private Program program(int mr, int vectors) {
        return F32Programs.tile(mr, vectors, plan.lanes(), declaration.bias(), declaration.clamp());
    }
}
