package dev.tilesmith.cpu;

/**
 * What this JVM does with vectors, which may be less than what the CPU can do.
 *
 * @param moduleResolved whether the module {@code jdk.incubator.vector} is in the boot layer
 * @param preferredBits bits of the widest vector that the JIT uses for every element type; 0 without the module
 * @param fma what becomes of a fused multiply-add
 */
public record JvmVectorSupport(boolean moduleResolved, int preferredBits, Fma fma) {
    /** What becomes of a fused multiply-add. */
    public enum Fma {
        /** It is one instruction. */
        HARDWARE,
        /** It is arithmetic on big decimals, hundreds of times slower: the flag {@code UseFMA} is off. */
        SOFTWARE,
        /** The JVM does not tell: what the CPU has is what counts. */
        UNKNOWN
    }

    /** Checks that the parts agree. */
    public JvmVectorSupport {
        if (moduleResolved ? preferredBits <= 0 : preferredBits != 0) {
            throw new IllegalArgumentException("preferredBits: " + preferredBits + "; expected "
                    + (moduleResolved ? "more than 0, with the module" : "0, without the module"));
        }
    }

    /** Asks this JVM. */
    public static JvmVectorSupport detect() {
        final int bits = preferredVectorBits();
        return new JvmVectorSupport(bits > 0, bits, useFma());
    }

    /** Whether kernels of the Vector API with vectors of so many bits run as vector instructions here. */
    public boolean runs(int bits) {
        return bits <= preferredBits;
    }

    private static int preferredVectorBits() {
        if (!isResolved("jdk.incubator.vector")) {
            return 0;
        }
        try {
            return PreferredVector.bits();
        } catch (RuntimeException | LinkageError e) {
            return 0;
        }
    }

    private static Fma useFma() {
        if (!isResolved("jdk.management")) {
            return Fma.UNKNOWN;
        }
        try {
            return HotSpotFlag.isOn("UseFMA") ? Fma.HARDWARE : Fma.SOFTWARE;
        } catch (RuntimeException | LinkageError e) {
            return Fma.UNKNOWN;
        }
    }

    private static boolean isResolved(String module) {
        return ModuleLayer.boot().findModule(module).isPresent();
    }
}
