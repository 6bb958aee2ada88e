package dev.tilesmith.processor.emit;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.tilesmith.processor.asm.MachineCode;
import dev.tilesmith.processor.lower.aarch64.NeonFamilyCode;
import dev.tilesmith.processor.lower.aarch64.SmeFamilyCode;
import dev.tilesmith.processor.lower.aarch64.SmeIsa;
import dev.tilesmith.processor.lower.x86.FamilyCode;
import dev.tilesmith.processor.lower.x86.Isa;
import dev.tilesmith.processor.model.Declaration;
import dev.tilesmith.processor.plan.FamilyPlan;
import dev.tilesmith.processor.program.F32Programs;
import dev.tilesmith.processor.program.Program;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
        final MachineCode code = code();
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

    private MachineCode code() {
        return switch (plan.target()) {
            case AVX2 -> FamilyCode.assemble(Isa.AVX2, ofEveryWidth());
            case AVX512_VNNI -> FamilyCode.assemble(Isa.AVX512, ofEveryWidth());
            case SME -> SmeFamilyCode.assemble(SmeIsa.SME, plan.nr(), outer());
            case SME2 ->
                SmeFamilyCode.assemble(
                        SmeIsa.SME2,
                        plan.nr(),
                        Stream.concat(outer().stream(), Stream.of(program(1, 4)))
                                .toList());
            case NEON_DOTPROD -> NeonFamilyCode.assemble(ofFullWidth());
            default -> throw new IllegalArgumentException("target: " + plan.target() + " has no f32 machine code");
        };
    }

    /** Two vectors of rows by two of columns, and one by four. */
    private List<Program> outer() {
        return List.of(outer(2, 2), outer(1, 4));
    }

    private Program outer(int rowVectors, int vectors) {
        return F32Programs.outer(rowVectors, vectors, plan.lanes(), declaration.bias(), declaration.clamp());
    }

    /** The tiles, and for the last columns of a result narrower ones. */
    private List<Program> ofEveryWidth() {
        return plan.mrs().stream()
                .flatMap(mr -> IntStream.rangeClosed(1, plan.vectors()).mapToObj(vectors -> program(mr, vectors)))
                .toList();
    }

    private List<Program> ofFullWidth() {
        return plan.mrs().stream().map(mr -> program(mr, plan.vectors())).toList();
    }

    private Program program(int mr, int vectors) {
        return F32Programs.tile(mr, vectors, plan.lanes(), declaration.bias(), declaration.clamp());
    }
}
