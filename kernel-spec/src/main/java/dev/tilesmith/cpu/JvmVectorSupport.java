package dev.tilesmith.cpu;

import java.lang.module.ModuleFinder;
import java.util.Optional;

/**
 * What this JVM does with vectors, which may be less than what the CPU can do.
 *
 * @param module where the module {@code jdk.incubator.vector} is
 * @param preferredBits bits of the widest vector that the JIT uses for every element type; 0 without the module
 * @param fma what becomes of a fused multiply-add
 */
public record JvmVectorSupport(VectorModule module, int preferredBits, Fma fma) {
    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    /** Where the module {@code jdk.incubator.vector} is. */
    public enum VectorModule {
        /** In the boot layer: the Vector API can be used. */
        RESOLVED,
        /** In the JVM's image, but nothing asked for it at start. */
        LEFT_OUT,
        /** Not even in the image: jlink was not told to take it. */
        ABSENT
    }

    /** What becomes of a fused multiply-add. */
    public enum Fma {
        /** It is one instruction. */
        HARDWARE,
        /** It is arithmetic on big decimals, hundreds of times slower: the flag {@code UseFMA} is off. */
        SOFTWARE,
        /** The JVM does not tell: what the CPU has is what counts. */
        UNKNOWN,
        /** What this JVM says, which is asked when somebody wants to know: that takes longer than to look at a machine. */
        AS_THIS_JVM_SAYS
    }

    /** Checks that the parts agree. */
    public JvmVectorSupport {
        final boolean resolved = module == VectorModule.RESOLVED;
        if (resolved ? preferredBits <= 0 : preferredBits != 0) {
            throw new IllegalArgumentException("preferredBits: " + preferredBits + "; expected "
                    + (resolved ? "more than 0, with the module" : "0, without the module"));
        }
    }

    /** Whether the module {@code jdk.incubator.vector} is in the boot layer. */
    public boolean moduleResolved() {
        return module == VectorModule.RESOLVED;
    }

    /** Asks this JVM. */
    public static JvmVectorSupport detect() {
        final int bits = preferredVectorBits();
        return new JvmVectorSupport(bits > 0 ? VectorModule.RESOLVED : whereItIsNot(), bits, Fma.AS_THIS_JVM_SAYS);
    }

    /** Whether a fused multiply-add is one instruction; nothing where the JVM does not tell. */
    public Optional<Boolean> fmaIsOneInstruction() {
        return switch (fma) {
            case HARDWARE -> Optional.of(true);
            case SOFTWARE -> Optional.of(false);
            case UNKNOWN -> Optional.empty();
            case AS_THIS_JVM_SAYS -> ThisJvm.FMA_IS_ONE_INSTRUCTION;
        };
    }

    /** Asked once. */
    private static final class ThisJvm {
        static final Optional<Boolean> FMA_IS_ONE_INSTRUCTION = useFma();

        private ThisJvm() {}
    }

    /** Why there is no Vector API, and what would help, as a clause; nothing if there is. */
    public Optional<String> noVectorApi() {
        return switch (module) {
            case RESOLVED -> Optional.empty();
            case LEFT_OUT -> Optional.of("the JVM was started without --add-modules=jdk.incubator.vector");
            case ABSENT ->
                Optional.of("this image of the JVM has no module jdk.incubator.vector; jlink adds it where told to: "
                        + "--add-modules=...,jdk.incubator.vector");
        };
    }

    /** Whether kernels of the Vector API with vectors of so many bits run as vector instructions here. */
    public boolean runs(int bits) {
        return bits <= preferredBits;
    }

    private static int preferredVectorBits() {
        if (!isResolved(VECTOR_MODULE)) {
            return 0;
        }
        try {
            return PreferredVector.bits();
        } catch (RuntimeException | LinkageError e) {
            return 0;
        }
    }

    private static VectorModule whereItIsNot() {
        final boolean inImage = ModuleFinder.ofSystem().find(VECTOR_MODULE).isPresent();
        return inImage && !isResolved(VECTOR_MODULE) ? VectorModule.LEFT_OUT : VectorModule.ABSENT;
    }

    private static Optional<Boolean> useFma() {
        if (!isResolved("jdk.management")) {
            return Optional.empty();
        }
        try {
            return Optional.of(HotSpotFlag.isOn("UseFMA"));
        } catch (RuntimeException | LinkageError e) {
            return Optional.empty();
        }
    }

    private static boolean isResolved(String module) {
        return ModuleLayer.boot().findModule(module).isPresent();
    }
}
