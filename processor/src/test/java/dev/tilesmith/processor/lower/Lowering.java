package dev.tilesmith.processor.lower;

import dev.tilesmith.processor.asm.MachineCode;
import dev.tilesmith.processor.emit.TilePrograms;
import dev.tilesmith.processor.lower.aarch64.NeonFamilyCode;
import dev.tilesmith.processor.lower.aarch64.SmeFamilyCode;
import dev.tilesmith.processor.lower.aarch64.SmeIsa;
import dev.tilesmith.processor.lower.vectorapi.Dialect;
import dev.tilesmith.processor.lower.vectorapi.F32Source;
import dev.tilesmith.processor.lower.vectorapi.IntegerSource;
import dev.tilesmith.processor.lower.x86.FamilyCode;
import dev.tilesmith.processor.lower.x86.Isa;
import dev.tilesmith.processor.model.Declaration;
import dev.tilesmith.processor.model.Formats;
import dev.tilesmith.processor.model.Scope;
import dev.tilesmith.processor.model.Subject;
import dev.tilesmith.processor.plan.FamilyPlan;
import dev.tilesmith.processor.plan.Planner;
import dev.tilesmith.processor.plan.SupportedFormats;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Numerics;
import dev.tilesmith.spec.Target;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** How a target emits one program of a declaration, with bias and bounds. */
final class Lowering {
    /** Between rows, in Java: any number. */
    private static final int LHS_STRIDE = 16;

    /** Rows of the tile that is looked at. */
    private static final int MR = 2;

    private final Declaration declaration;
    private final FamilyPlan plan;
    private final TilePrograms tiles;
    private final UnaryOperator<Program> before;

    private Lowering(Declaration declaration, FamilyPlan plan, UnaryOperator<Program> before) {
        this.declaration = declaration;
        this.plan = plan;
        this.tiles = new TilePrograms(declaration, plan);
        this.before = before;
    }

    /** Of a combination of formats on a target. */
    static Lowering of(Formats formats, Format scales, Target target) {
        final Subject subject = new Subject(
                "example",
                "Linear",
                "interface",
                true,
                true,
                false,
                true,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        final Declaration declaration = new Declaration(
                subject,
                new Scope(25, "", true, true, Set.of()),
                formats.lhs(),
                formats.rhs(),
                formats.dst(),
                scales,
                Numerics.REPRODUCIBLE,
                true,
                true,
                List.of(),
                List.of());
        final FamilyPlan plan = Planner.plan(declaration).families().stream()
                .filter(family -> family.target() == target)
                .findFirst()
                .orElseThrow();
        return new Lowering(declaration, plan, UnaryOperator.identity());
    }

    /** Formats of scales that a combination may be declared with. */
    static Stream<Format> scales(Formats formats) {
        return formats.lhs() == Format.QAI8DX && formats.rhs() == Format.QSI4C32
                ? Stream.of(Format.BF16, Format.F32)
                : Stream.of(Format.BF16);
    }

    /** The same of what {@code change} makes of each program. */
    Lowering after(UnaryOperator<Program> change) {
        return new Lowering(declaration, plan, change);
    }

    /** The programs that the target has: of one tile, of outer products, of a row. */
    Stream<Program> programs() {
        return switch (plan.target()) {
            case SME -> tiles.outer().stream();
            case SME2 -> Stream.concat(tiles.outer().stream(), Stream.of(tiles.row()));
            case SCALAR,
                    VECTOR_128,
                    VECTOR_256,
                    VECTOR_512,
                    AVX2,
                    AVX_VNNI,
                    AVX512,
                    AVX512_VNNI,
                    NEON_DOTPROD,
                    NEON_I8MM -> Stream.of(tiles.tile(MR));
        };
    }

    /** What is emitted for a program: machine code in hexadecimal, or source. */
    String emit(Program program) {
        final Program given = before.apply(program);
        return switch (plan.target()) {
            case SCALAR, VECTOR_128, VECTOR_256, VECTOR_512 -> java(given);
            case AVX2 -> hex(FamilyCode.assemble(Isa.AVX2, given.nr(), List.of(given)));
            case AVX_VNNI -> hex(FamilyCode.assemble(Isa.AVX_VNNI, given.nr(), List.of(given)));
            case AVX512, AVX512_VNNI -> hex(FamilyCode.assemble(Isa.AVX512, given.nr(), List.of(given)));
            case NEON_DOTPROD, NEON_I8MM -> hex(NeonFamilyCode.assemble(List.of(given)));
            case SME -> hex(SmeFamilyCode.assemble(SmeIsa.SME, plan.nr(), List.of(given)));
            case SME2 -> hex(SmeFamilyCode.assemble(SmeIsa.SME2, plan.nr(), withOuter(given)));
        };
    }

    /** The code of a row comes along with outer products. */
    private List<Program> withOuter(Program given) {
        return given.mr() == 1 ? List.of(tiles.outer().getFirst(), given) : List.of(given);
    }

    private static String hex(MachineCode code) {
        return HexFormat.of().formatHex(code.bytes());
    }

    private String java(Program given) {
        if (declaration.lhs() == Format.F32) {
            final Dialect dialect =
                    given.lanes() == 1 ? new Dialect.Scalar() : new Dialect.Vector(given.lanes() * Float.SIZE);
            final F32Source source = new F32Source(given, dialect, LHS_STRIDE);
            return source.accumulate().toString()
                    + source.finish(F32Source.Storage.ARRAY)
                    + source.finish(F32Source.Storage.SEGMENT);
        }
        final IntegerSource source = new IntegerSource(given, LHS_STRIDE);
        return (SupportedFormats.hasBlocks(declaration.rhs()) ? source.addToTotals() : source.addToSums()).toString();
    }
}
