package dev.tilesmith.processor.plan;

import dev.tilesmith.processor.model.Formats;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Target;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Which formats go together, and which targets have code for them. The one place that says so. */
public final class SupportedFormats {
    private static final Formats F32 = new Formats(Format.F32, Format.F32, Format.F32);

    private static final Formats INT8 = new Formats(Format.QAI8DX, Format.QSI8CX, Format.F32);

    private static final Formats INT4_CHANNELS = new Formats(Format.QAI8DX, Format.QSI4CX, Format.F32);

    private static final Formats INT4_BLOCKS = new Formats(Format.QAI8DX, Format.QSI4C32, Format.F32);

    private static final Formats TWO_BITS = new Formats(Format.QAI8DX, Format.QSU2CX, Format.F32);

    private static final Formats BLOCKS_INT4 = new Formats(Format.QSI8D32, Format.QSI4C32, Format.F32);

    private static final Formats BLOCKS_INT4_WITH_MINS = new Formats(Format.QSI8D32, Format.QAI4C32, Format.F32);

    private static final Formats BLOCKS_INT8 = new Formats(Format.QSI8D32, Format.QSI8D32, Format.F32);

    private static final Formats STATIC_INT8 = new Formats(Format.QAI8, Format.QSI8CX, Format.QAI8);

    private static final Formats STATIC_INT4 = new Formats(Format.QAI8, Format.QSI4CX, Format.QAI8);

    private static final Formats INT8_SUMS = new Formats(Format.QAI8, Format.QSI8CX, Format.I32);

    private static final List<Target> PREFERENCE = List.of(
            Target.AVX512_VNNI,
            Target.AVX_VNNI,
            Target.AVX512,
            Target.AVX2,
            Target.SME2,
            Target.SME,
            Target.NEON_I8MM,
            Target.NEON_DOTPROD,
            Target.VECTOR_512,
            Target.VECTOR_256,
            Target.VECTOR_128,
            Target.SCALAR);

    /** What dot-product and outer-product instructions sum in an order and with roundings of their own. */
    private static final Set<Format> HALVES = Set.of(Format.F16, Format.BF16);

    private SupportedFormats() {}

    /** All combinations there are. */
    public static List<Formats> all() {
        return List.of(
                F32,
                INT8,
                INT4_CHANNELS,
                INT4_BLOCKS,
                TWO_BITS,
                BLOCKS_INT4,
                BLOCKS_INT4_WITH_MINS,
                BLOCKS_INT8,
                STATIC_INT8,
                STATIC_INT4,
                INT8_SUMS);
    }

    /** The combination that differs from {@code formats} in the fewest operands. */
    public static Formats nearest(Formats formats) {
        return all().stream()
                .min(Comparator.comparingInt(candidate -> distance(candidate, formats)))
                .orElse(F32);
    }

    /** Targets that compute {@code formats}, in order of preference; SCALAR is the last. */
    public static List<Target> targets(Formats formats) {
        if (!all().contains(formats)) {
            return List.of();
        }
        final Set<Target> without = without(formats);
        return PREFERENCE.stream().filter(target -> !without.contains(target)).toList();
    }

    /** What has no code for {@code formats}: for f32, targets that differ from others in dot products alone. */
    private static Set<Target> without(Formats formats) {
        if (formats.equals(F32)) {
            return Set.of(Target.AVX_VNNI, Target.AVX512, Target.NEON_I8MM);
        }
        return Set.of();
    }

    /** Whether a target's code is source that uses the Vector API. */
    public static boolean isVectorApi(Target target) {
        return switch (target) {
            case VECTOR_128, VECTOR_256, VECTOR_512 -> true;
            case SCALAR, AVX2, AVX_VNNI, AVX512, AVX512_VNNI, NEON_DOTPROD, NEON_I8MM, SME, SME2 -> false;
        };
    }

    /** Whether rows are quantized when the kernel runs. */
    public static boolean quantizesLhs(Formats formats) {
        return formats.lhs() == Format.QAI8DX || formats.lhs() == Format.QSI8D32;
    }

    /** Whether weights have four bits. */
    public static boolean isInt4(Format rhs) {
        return rhs == Format.QSI4CX || rhs == Format.QSI4C32 || rhs == Format.QAI4C32;
    }

    /** Whether weights have two bits, which choose from a table. */
    public static boolean hasTable(Format rhs) {
        return rhs == Format.QSU2CX;
    }

    /** Whether weights have a scale for each block along K. */
    public static boolean hasBlocks(Format rhs) {
        return rhs == Format.QSI4C32 || rhs == Format.QAI4C32 || rhs == Format.QSI8D32;
    }

    /**
     * Values along K that a target's step takes, and that lie together in packed weights; of weights of four bits, bytes
     * that lie together, each of two values.
     */
    public static int kr(Formats formats, Target target) {
        if (hasTable(formats.rhs()) && (target == Target.SME || target == Target.SME2)) {
            return 1;
        }
        if (isInt4(formats.rhs()) || hasTable(formats.rhs())) {
            return int4Kr(target);
        }
        if (formats.rhs() != Format.QSI8CX && formats.rhs() != Format.QSI8D32) {
            return 1;
        }
        return switch (target) {
            case SCALAR, VECTOR_128, VECTOR_256, VECTOR_512 -> 1;
            case AVX2, AVX512 -> 2;
            case AVX_VNNI, AVX512_VNNI, NEON_DOTPROD, SME, SME2 -> 4;
            case NEON_I8MM -> 8;
        };
    }

    private static int int4Kr(Target target) {
        return switch (target) {
            case SCALAR, VECTOR_128, VECTOR_256, VECTOR_512 -> 1;
            case SME, SME2 -> 2;
            case AVX2, AVX512, AVX_VNNI, AVX512_VNNI, NEON_DOTPROD -> 4;
            case NEON_I8MM -> 8;
        };
    }

    /** Whether a target has instructions for {@code formats} that round as {@code FAST} admits and the default does not. */
    public static boolean fastDiffers(Formats formats) {
        return HALVES.contains(formats.lhs()) || HALVES.contains(formats.rhs());
    }

    private static int distance(Formats a, Formats b) {
        return (a.lhs() == b.lhs() ? 0 : 1) + (a.rhs() == b.rhs() ? 0 : 1) + (a.dst() == b.dst() ? 0 : 1);
    }
}
