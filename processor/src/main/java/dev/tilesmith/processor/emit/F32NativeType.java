package dev.tilesmith.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.tilesmith.processor.asm.x86.MachineCode;
import dev.tilesmith.processor.lower.x86.FamilyCode;
import dev.tilesmith.processor.lower.x86.Isa;
import dev.tilesmith.processor.model.Declaration;
import dev.tilesmith.processor.plan.FamilyPlan;
import dev.tilesmith.processor.program.F32Programs;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.runtime.PlacedCode;
import dev.tilesmith.spec.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;

/** The class of one f32 family in machine code: its bytes, each instruction beside its text. */
final class F32NativeType {
    /** Lines of the listing in one constant: far from the size that a class file allows a string. */
    private static final int LINES_PER_CONSTANT = 400;

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
        final List<List<MachineCode.Line>> parts = parts(code);
        final TypeSpec.Builder type = TypeSpec.classBuilder(names.family(plan.target()))
                .addAnnotation(GeneratedNames.generated())
                .addModifiers(Modifier.FINAL)
                .addJavadoc("""
                        The machine code of {@link $T} for $L: one function with tiles of up to $L rows by $L columns,
                        $L bytes. Its arguments are laid out by {@code dev.tilesmith.runtime.NativeArguments}.
                        """, names.kernel(), plan.target(), plan.mrs().getLast(), plan.nr(), code.size())
                .addField(FieldSpec.builder(PlacedCode.class, "CODE", Modifier.STATIC, Modifier.FINAL)
                        .initializer(
                                "new $T($L)",
                                PlacedCode.class,
                                IntStream.range(0, parts.size())
                                        .mapToObj(i -> CodeBlock.of("part$L()", i))
                                        .collect(CodeBlock.joining(", ")))
                        .build())
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .build());
        for (int i = 0; i < parts.size(); i++) {
            type.addMethod(part(i, parts.get(i)));
        }
        return type.build();
    }

    private Program program(int mr, int vectors) {
        return F32Programs.tile(mr, vectors, plan.lanes(), declaration.bias(), declaration.clamp());
    }

    private static List<List<MachineCode.Line>> parts(MachineCode code) {
        final List<List<MachineCode.Line>> parts = new ArrayList<>();
        for (int from = 0; from < code.lines().size(); from += LINES_PER_CONSTANT) {
            parts.add(code.lines().subList(from, Math.min(code.lines().size(), from + LINES_PER_CONSTANT)));
        }
        return parts;
    }

    private static MethodSpec part(int index, List<MachineCode.Line> lines) {
        final CodeBlock.Builder code = CodeBlock.builder().add("return \"\"");
        for (final MachineCode.Line line : lines) {
            if (line.hex().isEmpty()) {
                code.add("\n// $L", line.text());
            } else {
                code.add("\n+ $S // $L", line.hex(), line.text());
            }
        }
        return MethodSpec.methodBuilder("part" + index)
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(String.class)
                .addCode(code.add("\n;\n").build())
                .build();
    }
}
