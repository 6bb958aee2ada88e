package dev.tilesmith.processor.emit;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.tilesmith.processor.asm.MachineCode;
import dev.tilesmith.processor.lower.aarch64.NeonFamilyCode;
import dev.tilesmith.processor.lower.aarch64.SmeFamilyCode;
import dev.tilesmith.processor.lower.aarch64.SmeIsa;
import dev.tilesmith.processor.lower.x86.FamilyCode;
import dev.tilesmith.processor.lower.x86.Isa;
import dev.tilesmith.processor.lower.x86.QuantizerCode;
import dev.tilesmith.processor.model.Declaration;
import dev.tilesmith.processor.plan.FamilyPlan;
import dev.tilesmith.processor.program.Int8Programs;
import dev.tilesmith.processor.program.Int8Programs.Scheme;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.processor.program.StaticInt8Programs;
import dev.tilesmith.runtime.LhsLayout;
import dev.tilesmith.spec.Format;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
        final MachineCode code = code();
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
        final MachineCode quantizer = quantizer();
        type.addJavadoc("""
                Another function quantizes rows, $L bytes, its arguments laid out by {@code
                dev.tilesmith.runtime.QuantizerArguments}.
                """, quantizer.size());
        new CodeConstant("QUANTIZER", quantizer).addTo(type);
    }

    private MachineCode code() {
        return switch (plan.target()) {
            case AVX2 -> FamilyCode.assemble(Isa.AVX2, ofEveryWidth());
            case AVX_VNNI -> FamilyCode.assemble(Isa.AVX_VNNI, ofEveryWidth());
            case AVX512, AVX512_VNNI -> FamilyCode.assemble(Isa.AVX512, ofEveryWidth());
            case SME -> SmeFamilyCode.assemble(SmeIsa.SME, plan.nr(), outer());
            case SME2 ->
                SmeFamilyCode.assemble(
                        SmeIsa.SME2,
                        plan.nr(),
                        Stream.concat(outer().stream(), Stream.of(program(1, 4)))
                                .toList());
            case NEON_DOTPROD, NEON_I8MM -> NeonFamilyCode.assemble(ofFullWidth());
            default -> throw new IllegalArgumentException("target: " + plan.target() + " has no int8 machine code");
        };
    }

    private MachineCode quantizer() {
        return switch (plan.target()) {
            case AVX2 -> QuantizerCode.assemble(Isa.AVX2, Short.BYTES);
            case AVX_VNNI -> QuantizerCode.assemble(Isa.AVX_VNNI, Byte.BYTES);
            case AVX512 -> QuantizerCode.assemble(Isa.AVX512, Short.BYTES);
            case AVX512_VNNI -> QuantizerCode.assemble(Isa.AVX512, Byte.BYTES);
            case NEON_DOTPROD, NEON_I8MM ->
                dev.tilesmith.processor.lower.aarch64.QuantizerCode.assemble(LhsLayout.rows(plan.target()), plan.kr());
            case SME, SME2 -> dev.tilesmith.processor.lower.aarch64.QuantizerCode.assembleForAnyGroup(plan.kr());
            default -> throw new IllegalArgumentException("target: " + plan.target() + " has no int8 machine code");
        };
    }

    private Scheme scheme() {
        return switch (plan.target()) {
            case AVX2, AVX512 -> Scheme.PAIRS;
            case AVX_VNNI, AVX512_VNNI -> Scheme.QUADS;
            case NEON_I8MM -> Scheme.BLOCKS;
            default -> Scheme.SIGNED_QUADS;
        };
    }

    /** Two vectors of rows by two of columns, and one by four. */
    private List<Program> outer() {
        return List.of(outer(2, 2), outer(1, 4));
    }

    private Program outer(int rowVectors, int vectors) {
        return Int8Programs.outer(rowVectors, vectors, plan.lanes(), declaration.bias(), declaration.clamp());
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
        if (declaration.lhs() == Format.QAI8) {
            final boolean requantized = declaration.dst() == Format.QAI8;
            return StaticInt8Programs.tile(scheme(), mr, vectors, plan.lanes(), requantized, declaration.clamp());
        }
        return Int8Programs.tile(scheme(), mr, vectors, plan.lanes(), declaration.bias(), declaration.clamp());
    }
}
