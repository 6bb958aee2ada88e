package dev.tilesmith.processor;

import dev.tilesmith.processor.check.CommonMessage;
import dev.tilesmith.processor.check.Message;
import dev.tilesmith.processor.product.check.ProductMessage;
import java.io.File;
import java.util.List;

/** Every message, with a source that is told it: where, and in which words. */
final class MessageCases {
    /** As much of JMH, as a source, as it takes to see that it is at hand. */
    private static final String JMH = "src/test/resources/jmh";

    private static final String LISTED =
            "[F32 x F32 -> F32, F32 x F16 -> F32, F32 x BF16 -> F32, F16 x F16 -> F32, BF16 x BF16 -> F32,"
                    + " F16 x F16 -> F16, BF16 x BF16 -> BF16,"
                    + " QAI8DX x QSI8CX -> F32, QAI8DX x QSI8CX -> F16, QAI8DX x QSI8CX -> BF16,"
                    + " QAI8DX x QSI4CX -> F32, QAI8DX x QSI4CX -> F16, QAI8DX x QSI4CX -> BF16,"
                    + " QAI8DX x QSI4C32 -> F32, QAI8DX x QSI4C32 -> F16, QAI8DX x QSI4C32 -> BF16,"
                    + " QAI8DX x QSU2CX -> F32, QSI8D32 x QSI4C32 -> F32, QSI8D32 x QAI4C32 -> F32,"
                    + " QSI8D32 x QSI8D32 -> F32, QAI8 x QSI8CX -> QAI8, QAI8 x QSI4CX -> QAI8, QAI8 x QSI8CX -> I32]";
    private static final String ABLE =
            "[AVX512_VNNI, AVX2, SME2, SME, NEON_DOTPROD, VECTOR_512, VECTOR_256, VECTOR_128, SCALAR]";

    private static final String OPTION = "compile with --add-modules=jdk.incubator.vector";
    private static final String F32 = "@MatMul(lhs = F32, rhs = F32, dst = F32)\n";
    private static final String LONG = "L".repeat(256 - "Kernels$1Driven.class".length());

    private MessageCases() {}

    static List<MessageCase> all() {
        return List.of(
                // the annotated element
                on(
                        CommonMessage.NOT_AN_INTERFACE,
                        "[TS101] @MatMul is on the class Linear; declare a kernel as: interface Linear extends"
                                + " MatMulKernel {}",
                        "public abstract /*!*/class Linear implements MatMulKernel {}"),
                on(
                        CommonMessage.NOT_AN_INTERFACE,
                        "[TS101] @MatMul is on the record Linear; declare a kernel as: interface Linear extends"
                                + " MatMulKernel {}",
                        "/*!*/record Linear() {}"),
                on(
                        CommonMessage.NOT_AN_INTERFACE,
                        "[TS101] @MatMul is on the annotation Linear; declare a kernel as: interface Linear extends"
                                + " MatMulKernel {}",
                        "@/*!*/interface Linear {}"),
                on(
                        CommonMessage.NOT_A_KERNEL,
                        "[TS102] Linear does not extend MatMulKernel; declare it as: interface Linear extends"
                                + " MatMulKernel {}",
                        "public /*!*/interface Linear extends Cloneable {}"),
                on(
                        CommonMessage.GENERIC,
                        "[TS103] Linear has type parameters <A, B>; a kernel has none: its formats are in the"
                                + " annotation",
                        "public /*!*/interface Linear<A, B extends A> extends MatMulKernel {}"),
                on(
                        CommonMessage.OWN_METHODS,
                        "[TS104] Linear declares the abstract method scale(float,int[]), which no generated class would"
                                + " implement; make it default or static, or drop it",
                        "public interface Linear extends MatMulKernel { float /*!*/scale(float by, int[] rows); }"),
                new MessageCase(
                        CommonMessage.UNREACHABLE,
                        "[TS105] Linear.Inner is private, or within a private type; the generated Linear_InnerKernels"
                                + " must be able to name it",
                        """
                        class Linear {
                            @MatMul(lhs = F32, rhs = F32, dst = F32)
                            private /*!*/interface Inner extends MatMulKernel {}
                        }
                        """),
                new MessageCase(
                        CommonMessage.UNREACHABLE,
                        "[TS105] Linear.Hidden.Inner is private, or within a private type; the generated"
                                + " Linear_Hidden_InnerKernels must be able to name it",
                        """
                        class Linear {
                            private interface Hidden {
                                @MatMul(lhs = F32, rhs = F32, dst = F32)
                                /*!*/interface Inner extends MatMulKernel {}
                            }
                        }
                        """),
                on(
                        CommonMessage.SEALED,
                        "[TS106] Linear is sealed; the class that is generated for it could not implement it: drop"
                                + " sealed and permits",
                        "sealed /*!*/interface Linear extends MatMulKernel { non-sealed interface Only extends Linear"
                                + " {} }"),
                on(
                        CommonMessage.INHERITED_METHODS,
                        "[TS107] Linear inherits the abstract method close(), which no generated class would"
                                + " implement; give it a default here, or do not extend its interface",
                        "/*!*/interface Linear extends MatMulKernel, AutoCloseable {}"),
                on(
                        CommonMessage.UNRESOLVED_SUPERTYPE,
                        "[TS108] Linear extends Missing, which is not known, nor has an annotation processor generated"
                                + " it; is an import missing?",
                        "/*!*/interface Linear extends MatMulKernel, Missing {}"),
                on(
                        CommonMessage.NAME_TAKEN,
                        "[TS109] example.LinearKernels is to be generated for Linear, and is already there; rename the"
                                + " one or the other",
                        "/*!*/interface Linear extends MatMulKernel {} class LinearKernels {}"),
                new MessageCase(
                        ProductMessage.TILES_ASTRAY,
                        "[TS110] @Tiles is on example.Linear, which has no @MatMul for it to plan",
                        "@Tiles(target = /*!*/VECTOR_512, nr = 32) interface Linear extends MatMulKernel {}"),
                new MessageCase(
                        ProductMessage.TILES_ASTRAY,
                        "[TS110] @Tiles is on example.Linear, which has no @MatMul for it to plan",
                        "@Tiles(target = /*!*/VECTOR_512) @Tiles(target = AVX2) interface Linear extends MatMulKernel"
                                + " {}"),
                on(
                        CommonMessage.HIDDEN_METHODS,
                        "[TS111] Linear has the default method family(), which would not be called: a class that is"
                                + " generated has its own; drop it, or give it another name",
                        """
                        interface Linear extends MatMulKernel {
                            @Override default dev.tilesmith.runtime.Family /*!*/family() { return null; }
                        }
                        """),
                on(
                        CommonMessage.HIDDEN_METHODS,
                        "[TS111] Linear has the default method family(), which would not be called: a class that is"
                                + " generated has its own; drop it, or give it another name",
                        """
                        /*!*/interface Linear extends Own {}
                        interface Own extends MatMulKernel {
                            @Override default dev.tilesmith.runtime.Family family() { return null; }
                        }
                        """),
                on(
                        CommonMessage.NAME_TOO_LONG,
                        "[TS112] the name of %1$s is too long by 1 bytes: a file to be generated is %1$sKernels$1Driven.class,"
                                        .formatted(LONG)
                                + " of 256 bytes, and names of files have up to 255",
                        "/*!*/interface " + LONG + " extends MatMulKernel {}"),
                new MessageCase(
                        CommonMessage.RELEASE,
                        "[TS113] Linear is compiled for Java 21; its kernels, and dev.tilesmith.runtime, are for Java"
                                + " 25: compile with --release 25 or later",
                        F32 + "/*!*/interface Linear extends MatMulKernel {}",
                        List.of("--release", "21")),
                // formats and numerics
                matMul(
                        ProductMessage.FORMAT_IN_WRONG_ROLE,
                        "[TS201] lhs = QSI8CX, which is for weights; it can be rhs, and lhs can be one of"
                                + " [F32, F16, BF16, QAI8, QAI8DX, QSI8D32]",
                        "lhs = /*!*/QSI8CX, rhs = F32, dst = F32"),
                matMul(
                        ProductMessage.FORMAT_IN_WRONG_ROLE,
                        "[TS201] rhs = QAI8DX, which is for activations that are quantized when the kernel runs; it"
                                + " can be lhs, and rhs can be one of [F32, F16, BF16, QSI8D32, QSI8CX, QSI4CX, QSI4C32,"
                                + " QAI4C32, QSU2CX]",
                        "lhs = F32, rhs = /*!*/QAI8DX, dst = F32"),
                matMul(
                        ProductMessage.FORMAT_IN_WRONG_ROLE,
                        "[TS201] lhs = I32, which is for exact sums of products; it can be dst, and lhs can be one of"
                                + " [F32, F16, BF16, QAI8, QAI8DX, QSI8D32]",
                        "lhs = /*!*/I32, rhs = F32, dst = F32"),
                matMul(
                        ProductMessage.FORMAT_IN_WRONG_ROLE,
                        "[TS201] rhs = QAI8, which is for activations that were quantized before; it can be lhs or"
                                + " dst, and rhs can be one of [F32, F16, BF16, QSI8D32, QSI8CX, QSI4CX, QSI4C32, QAI4C32,"
                                + " QSU2CX]",
                        "lhs = F32, rhs = /*!*/QAI8, dst = F32"),
                matMul(
                        ProductMessage.FORMAT_IN_WRONG_ROLE,
                        "[TS201] dst = QSU2CX, which is for weights; it can be rhs, and dst can be one of"
                                + " [F32, F16, BF16, I32, QAI8]",
                        "lhs = F32, rhs = F32, dst = /*!*/QSU2CX"),
                matMul(
                        ProductMessage.UNSUPPORTED_FORMATS,
                        "[TS202] no kernel for F32 x F16 -> I32; did you mean F32 x F16 -> F32? There are: " + LISTED,
                        "lhs = F32, rhs = F16, dst = /*!*/I32"),
                matMul(
                        ProductMessage.FAST_CHANGES_NOTHING,
                        "[TS203] numerics = FAST changes nothing for F32 x F32 -> F32: every target computes it"
                                + " reproducibly",
                        "lhs = F32, rhs = F32, dst = F32, numerics = Numerics/*!*/.FAST"),
                matMul(
                        ProductMessage.FAST_WITHOUT_TARGETS,
                        "[TS207] numerics = FAST changes nothing for [AVX2, SCALAR], which compute BF16 x BF16 -> F32"
                                + " reproducibly; targets that gain by it: [AMX, AVX512_BF16, SME2, SME, NEON_BF16]",
                        "lhs = BF16, rhs = BF16, dst = F32, numerics = Numerics/*!*/.FAST, targets = AVX2"),
                matMul(
                        ProductMessage.SCALES_FORMAT,
                        "[TS204] scales = F16; the scales of blocks can be one of [BF16, F32]",
                        "lhs = QAI8DX, rhs = QSI4C32, dst = F32, scales = /*!*/F16"),
                matMul(
                        ProductMessage.SCALES_FORMAT,
                        "[TS204] scales = BF16; the scales of blocks can be one of [F16]",
                        "lhs = QSI8D32, rhs = QSI4C32, dst = F32, scales = /*!*/BF16"),
                matMul(
                        ProductMessage.FORMAT_IN_WRONG_ROLE,
                        "[TS201] dst = QSI8D32, which is for activations that are quantized in blocks when the kernel"
                                + " runs, and weights; it can be lhs or rhs, and dst can be one of [F32, F16, BF16, I32, QAI8]",
                        "lhs = F32, rhs = F32, dst = /*!*/QSI8D32"),
                matMul(
                        ProductMessage.SCALES_WITHOUT_BLOCKS,
                        "[TS205] scales = F32, but QSI4CX has no blocks with scales of their own; leave scales out",
                        "lhs = QAI8DX, rhs = QSI4CX, dst = F32, scales = /*!*/F32"),
                matMul(
                        ProductMessage.SCALES_WITHOUT_BLOCKS,
                        "[TS205] scales = BF16, but F32 has no blocks with scales of their own; leave scales out",
                        "lhs = F32, rhs = F32, dst = F32, scales = /*!*/BF16"),
                matMul(
                        ProductMessage.ACTIVATION_OF_INTEGERS,
                        "[TS206] activation = RELU, but it is applied to results in f32, and those of"
                                + " QAI8 x QSI8CX -> QAI8 are not; leave activation out",
                        "lhs = QAI8, rhs = QSI8CX, dst = QAI8, activation = Activation/*!*/.RELU"),
                // targets
                matMul(
                        ProductMessage.TARGET_WITHOUT_FORMATS,
                        "[TS301] target AVX_VNNI has no code for F32 x F32 -> F32; targets that have: " + ABLE,
                        "lhs = F32, rhs = F32, dst = F32, targets = {VECTOR_512, /*!*/AVX_VNNI}"),
                tiles(
                        ProductMessage.TARGET_WITHOUT_FORMATS,
                        "[TS301] target NEON_I8MM has no code for F32 x F32 -> F32; targets that have: " + ABLE,
                        "@Tiles(mr = 4, target = /*!*/NEON_I8MM)"),
                matMul(
                        ProductMessage.DUPLICATE_TARGET,
                        "[TS302] target VECTOR_128 is listed twice; drop one",
                        "lhs = F32, rhs = F32, dst = F32, targets = {VECTOR_128, SCALAR, /*!*/VECTOR_128}"),
                new MessageCase(
                        ProductMessage.VECTOR_API_MISSING,
                        "[TS303] code for VECTOR_512 is source that uses the Vector API, which is not there: " + OPTION,
                        """
                        @MatMul(lhs = F32, rhs = F32, dst = F32, targets = {AVX2, /*!*/VECTOR_512})
                        interface Linear extends MatMulKernel {}
                        """,
                        List.of()),
                new MessageCase(
                        ProductMessage.VECTOR_API_MISSING,
                        "[TS303] code for VECTOR_128 is source that uses the Vector API, which is not there: " + OPTION,
                        F32 + "@Tiles(target = /*!*/VECTOR_128, mr = 2) interface Linear extends MatMulKernel {}",
                        List.of()),
                new MessageCase(
                        ProductMessage.VECTOR_API_LEFT_OUT,
                        "[TS304] Linear has no kernels for [VECTOR_512, VECTOR_256, VECTOR_128], for the Vector API is"
                                + " not there: " + OPTION + "; those for its other targets are generated",
                        F32 + "/*!*/interface Linear extends MatMulKernel {}",
                        List.of()),
                // tiles
                new MessageCase(
                        ProductMessage.TILES_FOR_ABSENT_TARGET,
                        "[TS401] @Tiles for VECTOR_512, but the declaration is for [VECTOR_128]; add the target there,"
                                + " or drop the tiles",
                        """
                        @MatMul(lhs = F32, rhs = F32, dst = F32, targets = VECTOR_128)
                        @Tiles(target = SCALAR, mr = 2)
                        @Tiles(target = /*!*/VECTOR_512, mr = 2)
                        interface Linear extends MatMulKernel {}
                        """),
                tiles(
                        ProductMessage.DUPLICATE_TILES,
                        "[TS402] a second @Tiles for VECTOR_256; a target has one nr and one list of rows: merge the"
                                + " two",
                        """
                        @Tiles(target = VECTOR_256, mr = 6)
                        @Tiles(target = VECTOR_512, mr = 6)
                        @Tiles(target = /*!*/VECTOR_256, mr = 4)
                        """),
                tiles(
                        ProductMessage.MR_NOT_POSITIVE,
                        "[TS403] mr = 0; a tile has 1 row or more",
                        "@Tiles(target = VECTOR_512, mr = {6, /*!*/0})"),
                tiles(
                        ProductMessage.MR_NOT_POSITIVE,
                        "[TS403] mr = -6; a tile has 1 row or more",
                        "@Tiles(target = SCALAR, mr = /*!*/-6)"),
                tiles(
                        ProductMessage.DUPLICATE_MR,
                        "[TS404] mr = 6 is listed twice; drop one",
                        "@Tiles(target = VECTOR_512, mr = {6, 4, /*!*/6})"),
                tiles(
                        ProductMessage.NR_NOT_A_MULTIPLE,
                        "[TS405] nr = 40 is not a multiple of the 16 lanes of a zmm register; the nearest: 32 and 48",
                        "@Tiles(target = VECTOR_512, nr = /*!*/40)"),
                tiles(
                        ProductMessage.NR_NOT_A_MULTIPLE,
                        "[TS405] nr = 5 is not a multiple of the 8 lanes of a ymm register; the nearest: 8",
                        "@Tiles(target = VECTOR_256, nr = /*!*/5)"),
                tiles(
                        ProductMessage.NR_NEGATIVE,
                        "[TS406] nr = -8; expected a multiple of 4, or 0 for VECTOR_128's best, 8",
                        "@Tiles(target = VECTOR_128, nr = /*!*/-8)"),
                tiles(
                        ProductMessage.OVER_REGISTER_BUDGET,
                        "[TS407] 14x48 needs 46 of 32 zmm registers; the largest mr for nr=48 is 9",
                        "@Tiles(target = VECTOR_512, mr = {1, 9, /*!*/14}, nr = 48)"),
                tiles(
                        ProductMessage.OVER_REGISTER_BUDGET,
                        "[TS407] 7x16 needs 17 of 16 ymm registers; the largest mr for nr=16 is 6",
                        "@Tiles(target = SCALAR) @Tiles(target = VECTOR_256, mr = /*!*/7)"),
                tiles(
                        ProductMessage.BEYOND_REACH,
                        "[TS409] mr = 15 is more than the code for AVX512_VNNI can address; the largest is 14",
                        "@Tiles(target = AVX512_VNNI, mr = {14, /*!*/15}, nr = 16)"),
                tiles(
                        ProductMessage.BEYOND_REACH,
                        "[TS409] nr = 112 is more than the code for AVX512_VNNI can address; the largest is 96",
                        "@Tiles(target = AVX512_VNNI, nr = /*!*/112)"),
                tiles(
                        ProductMessage.BEYOND_REACH,
                        "[TS409] mr = 33 is more than the code for SME can address; the largest is 32",
                        "@Tiles(target = SME, mr = /*!*/33)"),
                tiles(
                        ProductMessage.NR_FIXED,
                        "[TS410] nr = 32; the code for SME2 has panels of 64 columns, whatever the length of its"
                                + " vectors: leave nr out",
                        "@Tiles(target = SME2, mr = 8, nr = /*!*/32)"),
                tiles(
                        ProductMessage.NR_OVER_REGISTER_BUDGET,
                        "[TS408] nr = 2147483647 needs 1073741825 of 16 xmm registers for a single row; the largest nr"
                                + " is 28",
                        "@Tiles(target = VECTOR_128, mr = 2, nr = Integer/*!*/.MAX_VALUE)"),
                tiles(
                        ProductMessage.SCHEDULE_ABSENT,
                        "[TS411] VECTOR_512 has no loop with unroll = 2 and prefetch = AHEAD for F32 x F32 -> F32; it"
                                + " has: 1 with AHEAD",
                        "@Tiles(target = VECTOR_512, unroll = /*!*/2)"),
                tiles(
                        ProductMessage.SCHEDULE_ABSENT,
                        "[TS411] SCALAR has no loop with unroll = 1 and prefetch = NONE for F32 x F32 -> F32; it has:"
                                + " 1 with AHEAD",
                        "@Tiles(target = SCALAR, prefetch = Prefetch/*!*/.NONE)"),
                tiles(
                        ProductMessage.UNROLL_OUT_OF_RANGE,
                        "[TS412] unroll = 0; a pass of a loop takes 1 to 8 steps",
                        "@Tiles(target = AVX2, unroll = /*!*/0)"),
                // sweeps
                new MessageCase(
                        ProductMessage.SWEEP_ASTRAY,
                        "[TS114] @Sweep is on example.Linear, which has no @MatMul whose tiles it could be of",
                        "/*!*/@Sweep(unroll = 1) interface Linear extends MatMulKernel {}"),
                sweep(
                        ProductMessage.UNROLL_OUT_OF_RANGE,
                        "[TS412] unroll = 9; a pass of a loop takes 1 to 8 steps",
                        "unroll = {1, /*!*/9}"),
                sweep(
                        ProductMessage.DUPLICATE_UNROLL,
                        "[TS502] unroll = 1 is listed twice; drop one",
                        "unroll = {1, /*!*/1}"),
                sweep(
                        ProductMessage.UNROLL_ABSENT,
                        "[TS503] unroll = [2, 4], of which no swept target has code; they have: [1]",
                        "targets = {SCALAR, VECTOR_128}, unroll = /*!*/{2, 4}"),
                sweep(
                        ProductMessage.DUPLICATE_TARGET,
                        "[TS302] target AVX2 is listed twice; drop one",
                        "targets = {AVX2, /*!*/AVX2}"),
                sweep(
                        ProductMessage.TARGET_WITHOUT_FORMATS,
                        "[TS301] target AVX_VNNI has no code for F32 x F32 -> F32; targets that have: " + ABLE,
                        "targets = /*!*/AVX_VNNI"),
                new MessageCase(
                        ProductMessage.SWEEP_OF_ABSENT_TARGET,
                        "[TS501] @Sweep of VECTOR_512, but the declaration is for [AVX2]; add the target there, or"
                                + " leave it out here",
                        """
                        @MatMul(lhs = F32, rhs = F32, dst = F32, targets = AVX2)
                        @Sweep(targets = {AVX2, SCALAR, /*!*/VECTOR_512})
                        interface Linear extends MatMulKernel {}
                        """),
                new MessageCase(
                        ProductMessage.VECTOR_API_MISSING,
                        "[TS303] code for VECTOR_128 is source that uses the Vector API, which is not there: " + OPTION,
                        F32 + "@Sweep(targets = {AVX2, /*!*/VECTOR_128}) interface Linear extends MatMulKernel {}",
                        List.of()),
                sweep(
                        ProductMessage.SHAPE_REFUSED,
                        "[TS504] shape: '8*1024, 512 cold' is not of the form <m>x<n>x<k> or <m>x<n>x<k>-cold, of"
                                + " numbers up to 999999; did you mean '8x1024x512-cold'?",
                        "shapes = /*!*/\"8*1024, 512 cold\""),
                sweep(
                        ProductMessage.SHAPE_REFUSED,
                        "[TS504] shape: '8x1024' is not of the form <m>x<n>x<k> or <m>x<n>x<k>-cold, of numbers up to"
                                + " 999999; for example 8x1024x512",
                        "shapes = {\"1x64x64\", /*!*/\"8x1024\"}"),
                sweep(
                        ProductMessage.SHAPE_REFUSED,
                        "[TS504] shape: '1x99999x99999' has a matrix of 9999800001 values; expected 268435456 or fewer",
                        "shapes = /*!*/\"1x99999x99999\""),
                sweep(
                        ProductMessage.DUPLICATE_SHAPE,
                        "[TS505] shape '1x64x64' is listed twice; drop one",
                        "shapes = {\"1x64x64\", \"1x64x64-cold\", /*!*/\"1x64x64\"}"),
                new MessageCase(
                        ProductMessage.SHAPE_WITHIN_BLOCK,
                        "[TS506] shape '8x64x100' has k = 100, but QSI4C32 has blocks of 32 values; the nearest: 96 and"
                                + " 128",
                        """
                        @MatMul(lhs = QAI8DX, rhs = QSI4C32, dst = F32)
                        @Sweep(shapes = /*!*/"8x64x100")
                        interface Linear extends MatMulKernel {}
                        """),
                sweep(
                        ProductMessage.NOTHING_SWEPT,
                        "[TS507] shapes = {} leaves nothing to sweep; leave it out for one shape of each class",
                        "shapes = /*!*/{}"),
                sweep(
                        ProductMessage.NOTHING_SWEPT,
                        "[TS507] unroll = {} leaves nothing to sweep; leave it out for the usual steps",
                        "unroll = /*!*/{}"),
                new MessageCase(
                        ProductMessage.NO_JMH_CLASS,
                        "[TS508] Linear has its lattice, but no JMH class LinearSweep: add dev.tilesmith:sweep to the class"
                                + " path",
                        F32 + "/*!*/@Sweep interface Linear extends MatMulKernel {}",
                        List.of(
                                "--add-modules=jdk.incubator.vector",
                                "-implicit:none",
                                "--class-path=" + UserProject.runtime() + File.pathSeparator + JMH)));
    }

    private static MessageCase on(Message message, String text, String type) {
        return new MessageCase(message, text, F32 + type);
    }

    private static MessageCase matMul(Message message, String text, String values) {
        return new MessageCase(message, text, "@MatMul(" + values + ")\ninterface Linear extends MatMulKernel {}");
    }

    private static MessageCase sweep(Message message, String text, String values) {
        return on(message, text, "@Sweep(" + values + ") interface Linear extends MatMulKernel {}");
    }

    private static MessageCase tiles(Message message, String text, String tiles) {
        return on(message, text, tiles + "\ninterface Linear extends MatMulKernel {}");
    }
}
