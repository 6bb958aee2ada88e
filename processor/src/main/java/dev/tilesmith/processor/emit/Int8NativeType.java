package dev.tilesmith.processor.emit;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.tilesmith.processor.asm.x86.MachineCode;
import dev.tilesmith.processor.lower.x86.FamilyCode;
import dev.tilesmith.processor.lower.x86.Isa;
import dev.tilesmith.processor.lower.x86.QuantizerCode;
import dev.tilesmith.processor.model.Declaration;
import dev.tilesmith.processor.plan.FamilyPlan;
import dev.tilesmith.processor.program.Int8Programs;
import dev.tilesmith.processor.program.Int8Programs.Scheme;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.processor.program.StaticInt8Programs;
import dev.tilesmith.spec.Format;
import java.util.List;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;

/** The class of one int8 family in machine code: its tiles, and the quantizer of its left operand. */
final class Int8NativeType {
    private final Declaration declaration;
    private final FamilyPlan plan;
    private final GeneratedNames names;

    Int8NativeType(Declaration declaration, FamilyPlan plan) {
        this.declaration = declaration;
        this.plan = plan;
        this.names = new GeneratedNames(declaration.subject());
    }

    TypeSpec type() {
        final List<Program> programs = plan.mrs().stream()
                .flatMap(mr -> IntStream.rangeClosed(1, plan.vectors()).mapToObj(vectors -> program(mr, vectors)))
                .toList();
        final MachineCode code = FamilyCode.assemble(isa(), programs);
        final TypeSpec.Builder type = TypeSpec.classBuilder(names.family(plan.target()))
                .addAnnotation(GeneratedNames.generated())
                .addModifiers(Modifier.FINAL)
                .addJavadoc("""
                        The machine code of {@link $T} for $L: one function with tiles of up to $L rows by $L columns,
                        $L bytes, its arguments laid out by {@code dev.tilesmith.runtime.NativeArguments}.
                        """, names.kernel(), plan.target(), plan.mrs().getLast(), plan.nr(), code.size())
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .build());
        new CodeConstant("CODE", code).addTo(type);
        if (declaration.lhs() == Format.QAI8DX) {
            addQuantizer(type);
        }
        return type.build();
    }

    private void addQuantizer(TypeSpec.Builder type) {
        final int elementBytes = Scheme.of(plan.kr()) == Scheme.PAIRS ? Short.BYTES : Byte.BYTES;
        final MachineCode quantizer = QuantizerCode.assemble(isa(), elementBytes);
        type.addJavadoc("""
                Another function quantizes rows, $L bytes, its arguments laid out by {@code
                dev.tilesmith.runtime.QuantizerArguments}.
                """, quantizer.size());
        new CodeConstant("QUANTIZER", quantizer).addTo(type);
    }

    private Isa isa() {
        return switch (plan.target()) {
            case AVX2 -> Isa.AVX2;
            case AVX_VNNI -> Isa.AVX_VNNI;
            case AVX512, AVX512_VNNI -> Isa.AVX512;
            default -> throw new IllegalArgumentException("target: " + plan.target() + " is not x86");
        };
    }

    private Program program(int mr, int vectors) {
        if (declaration.lhs() == Format.QAI8) {
            final boolean requantized = declaration.dst() == Format.QAI8;
            return StaticInt8Programs.tile(
                    Scheme.of(plan.kr()), mr, vectors, plan.lanes(), requantized, declaration.clamp());
        }
        return Int8Programs.tile(
                Scheme.of(plan.kr()), mr, vectors, plan.lanes(), declaration.bias(), declaration.clamp());
    }
}
