package dev.tilesmith.processor.targets;

import dev.tilesmith.processor.lower.JavaTarget;
import dev.tilesmith.processor.lower.KernelTarget;
import dev.tilesmith.processor.lower.aarch64.NeonTarget;
import dev.tilesmith.processor.lower.aarch64.SmeTarget;
import dev.tilesmith.processor.lower.x86.AmxTarget;
import dev.tilesmith.processor.lower.x86.X86Target;
import dev.tilesmith.spec.Target;
import java.util.List;

/** The targets there are. */
public final class Targets {
    private static final List<Target> PREFERENCE = List.of(
            Target.AMX,
            Target.AVX512_BF16,
            Target.AVX512_VNNI,
            Target.AVX_VNNI,
            Target.AVX512,
            Target.AVX2,
            Target.SME2,
            Target.SME,
            Target.NEON_BF16,
            Target.NEON_I8MM,
            Target.NEON_DOTPROD,
            Target.VECTOR_512,
            Target.VECTOR_256,
            Target.VECTOR_128,
            Target.SCALAR);

    private Targets() {}

    /** All of them, in order of preference. The last runs everywhere, and has code for all formats. */
    public static List<KernelTarget> all() {
        return PREFERENCE.stream().map(Targets::of).toList();
    }

    /** The one of a name. */
    public static KernelTarget of(Target target) {
        return switch (target) {
            case SCALAR -> JavaTarget.SCALAR;
            case VECTOR_128 -> JavaTarget.VECTOR_128;
            case VECTOR_256 -> JavaTarget.VECTOR_256;
            case VECTOR_512 -> JavaTarget.VECTOR_512;
            case AVX2 -> X86Target.AVX2;
            case AVX_VNNI -> X86Target.AVX_VNNI;
            case AVX512 -> X86Target.AVX512;
            case AVX512_VNNI -> X86Target.AVX512_VNNI;
            case AVX512_BF16 -> X86Target.AVX512_BF16;
            case AMX -> AmxTarget.AMX;
            case NEON_DOTPROD -> NeonTarget.DOTPROD;
            case NEON_I8MM -> NeonTarget.I8MM;
            case NEON_BF16 -> NeonTarget.BF16;
            case SME -> SmeTarget.SME;
            case SME2 -> SmeTarget.SME2;
        };
    }

    /** Whether a declaration has it whether or not it asks for it: it runs everywhere. */
    public static boolean isAlwaysThere(Target target) {
        return target == PREFERENCE.getLast();
    }
}
