package dev.tilesmith.processor.emit;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.tilesmith.kernel.layout.LhsLayout;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.processor.asm.MachineCode;
import dev.tilesmith.processor.lower.aarch64.NeonFamilyCode;
import dev.tilesmith.processor.lower.aarch64.SmeFamilyCode;
import dev.tilesmith.processor.lower.aarch64.SmeIsa;
import dev.tilesmith.processor.lower.x86.BlockPackerCode;
import dev.tilesmith.processor.lower.x86.BlockQuantizerCode;
import dev.tilesmith.processor.lower.x86.FamilyCode;
import dev.tilesmith.processor.lower.x86.Isa;
import dev.tilesmith.processor.lower.x86.QuantizerCode;
import dev.tilesmith.processor.model.Declaration;
import dev.tilesmith.processor.plan.FamilyPlan;
import dev.tilesmith.processor.plan.SupportedFormats;
import dev.tilesmith.processor.program.BeforeBlock;
import dev.tilesmith.spec.Format;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/**
 * The class of one family in machine code: its tiles, the quantizer of a left operand that is quantized when the kernel
 * runs, and a packer of weights in blocks; each instruction beside its text.
 */
final class NativeType {
    private final Declaration declaration;
    private final FamilyPlan plan;
    private final TilePrograms programs;
    private final GeneratedNames names;

    NativeType(Declaration declaration, FamilyPlan plan) {
        this.declaration = declaration;
        this.plan = plan;
        this.programs = new TilePrograms(declaration, plan);
        this.names = new GeneratedNames(declaration);
    }

    TypeSpec type() {
        final MachineCode code = code();
        final TypeSpec.Builder type = names.familyType(plan.target())
                .addJavadoc("""
                    The machine code of {@link $T} for $L: one function with tiles of up to $L rows by $L columns,
                    $L bytes, its arguments laid out by {@code dev.tilesmith.kernel.argument.NativeArguments}.
                    """, names.kernel(), plan.target(), plan.mrs().getLast(), plan.nr(), code.size())
                .addMethod(MethodSpec.constructorBuilder()
                        .addJavadoc("There are no instances.\n")
                        .addModifiers(Modifier.PRIVATE)
                        .build());
        new CodeConstant("CODE", "The tiles", code).addTo(type);
        if (SupportedFormats.quantizesLhs(declaration.formats())) {
            addQuantizer(type);
        }
        if (packsBlocks(declaration, plan)) {
            addPacker(type);
        }
        return type.build();
    }

    /** Whether there is machine code that packs ggml's blocks. */
    static boolean packsBlocks(Declaration declaration, FamilyPlan plan) {
        return switch (plan.target()) {
            case AVX2, AVX_VNNI, AVX512, AVX512_VNNI -> SupportedFormats.hasBlocks(declaration.rhs());
            default -> false;
        };
    }

    private void addPacker(TypeSpec.Builder type) {
        final Isa isa =
                switch (plan.target()) {
                    case AVX512, AVX512_VNNI -> Isa.AVX512;
                    default -> Isa.AVX2;
                };
        final PanelLayout layout =
                new PanelLayout(declaration.rhs(), plan.nr(), plan.kr(), declaration.bias(), declaration.scales());
        final MachineCode packer = BlockPackerCode.assemble(isa, layout);
        type.addJavadoc("""
            A third lays rows of ggml's blocks into a panel, $L bytes, its arguments laid out by {@code
            dev.tilesmith.kernel.argument.PackerArguments}.
            """, packer.size());
        new CodeConstant("PACKER", "What packs blocks", packer).addTo(type);
    }

    private void addQuantizer(TypeSpec.Builder type) {
        final MachineCode quantizer = quantizer();
        type.addJavadoc("""
            Another function quantizes rows, $L bytes, its arguments laid out by {@code
            dev.tilesmith.kernel.argument.QuantizerArguments}.
            """, quantizer.size());
        new CodeConstant("QUANTIZER", "What quantizes rows", quantizer).addTo(type);
    }

    private MachineCode code() {
        return switch (plan.target()) {
            case AVX2 -> FamilyCode.assemble(Isa.AVX2, plan.nr(), programs.ofEveryWidth());
            case AVX_VNNI -> FamilyCode.assemble(Isa.AVX_VNNI, plan.nr(), programs.ofEveryWidth());
            case AVX512, AVX512_VNNI -> FamilyCode.assemble(Isa.AVX512, plan.nr(), programs.ofEveryWidth());
            case SME -> SmeFamilyCode.assemble(SmeIsa.SME, plan.nr(), programs.outer());
            case SME2 ->
                SmeFamilyCode.assemble(
                        SmeIsa.SME2,
                        plan.nr(),
                        Stream.concat(programs.outer().stream(), Stream.of(programs.row()))
                                .toList());
            case NEON_DOTPROD, NEON_I8MM -> NeonFamilyCode.assemble(programs.ofFullWidth());
            case SCALAR, VECTOR_128, VECTOR_256, VECTOR_512 ->
                throw new IllegalArgumentException("target: " + plan.target() + " has no machine code");
        };
    }

    private MachineCode quantizer() {
        if (declaration.lhs() == Format.QSI8D32) {
            return blockQuantizer();
        }
        if (SupportedFormats.hasTable(declaration.rhs())) {
            return tableQuantizer();
        }
        return SupportedFormats.isInt4(declaration.rhs()) ? int4Quantizer() : int8Quantizer();
    }

    /** For Arm, rows as those of int8; for x86 with what takes off the smallest value of the table. */
    private MachineCode tableQuantizer() {
        return switch (plan.target()) {
            case NEON_DOTPROD, NEON_I8MM -> int8Quantizer();
            case SME, SME2 ->
                dev.tilesmith.processor.lower.aarch64.QuantizerCode.assembleForAnyGroup(LhsLayout.OUTER_KR);
            default -> int4Quantizer();
        };
    }

    private MachineCode blockQuantizer() {
        return switch (plan.target()) {
            case AVX2, AVX_VNNI -> BlockQuantizerCode.assemble(Isa.AVX2, before(), plan.kr());
            case AVX512, AVX512_VNNI -> BlockQuantizerCode.assemble(Isa.AVX512, before(), plan.kr());
            case NEON_DOTPROD -> dev.tilesmith.processor.lower.aarch64.BlockQuantizerCode.assemble(before());
            case NEON_I8MM -> dev.tilesmith.processor.lower.aarch64.BlockQuantizerCode.assembleForPairsOfRows(before());
            case SME, SME2 ->
                dev.tilesmith.processor.lower.aarch64.BlockQuantizerCode.assembleForAnyGroup(
                        before(), SupportedFormats.isInt4(declaration.rhs()));
            default -> throw new IllegalArgumentException("target: " + plan.target() + " quantizes no blocks");
        };
    }

    /** What is before the values of a block of a row. */
    private BeforeBlock before() {
        return switch (declaration.rhs()) {
            case QAI4C32 -> BeforeBlock.SCALED_SUM;
            case QSI8D32 -> programs.beginsWithRow() ? BeforeBlock.MINUS_128_SUM : BeforeBlock.NOTHING;
            default -> programs.beginsWithRow() ? BeforeBlock.MINUS_8_SUM : BeforeBlock.NOTHING;
        };
    }

    private MachineCode int4Quantizer() {
        return switch (plan.target()) {
            case AVX2, AVX_VNNI -> QuantizerCode.assembleForBlocks(Isa.AVX2);
            case AVX512, AVX512_VNNI -> QuantizerCode.assembleForBlocks(Isa.AVX512);
            case NEON_DOTPROD ->
                dev.tilesmith.processor.lower.aarch64.QuantizerCode.assembleForBlocks(
                        SupportedFormats.hasBlocks(declaration.rhs()));
            case NEON_I8MM ->
                dev.tilesmith.processor.lower.aarch64.QuantizerCode.assembleForPairsOfRows(
                        SupportedFormats.hasBlocks(declaration.rhs()));
            case SME, SME2 -> dev.tilesmith.processor.lower.aarch64.QuantizerCode.assembleInterleaved();
            default -> throw new IllegalArgumentException("target: " + plan.target() + " has no int4 machine code");
        };
    }

    private MachineCode int8Quantizer() {
        return switch (plan.target()) {
            case AVX2 -> QuantizerCode.assemble(Isa.AVX2, Short.BYTES);
            case AVX_VNNI -> QuantizerCode.assemble(Isa.AVX_VNNI, Byte.BYTES);
            case AVX512 -> QuantizerCode.assemble(Isa.AVX512, Short.BYTES);
            case AVX512_VNNI -> QuantizerCode.assemble(Isa.AVX512, Byte.BYTES);
            case NEON_DOTPROD, NEON_I8MM ->
                dev.tilesmith.processor.lower.aarch64.QuantizerCode.assemble(LhsLayout.rows(plan.target()), plan.kr());
            case SME, SME2 -> dev.tilesmith.processor.lower.aarch64.QuantizerCode.assembleForAnyGroup(plan.kr());
            case SCALAR, VECTOR_128, VECTOR_256, VECTOR_512 ->
                throw new IllegalArgumentException("target: " + plan.target() + " has no machine code");
        };
    }
}
