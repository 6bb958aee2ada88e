package dev.tilesmith.cpu;

/**
 * The machine and the JVM that kernels run on.
 *
 * @param cpu the CPU
 * @param jvm what the JVM makes of its vectors
 */
public record Host(Cpu cpu, JvmVectorSupport jvm) {
    /** Looks anew. Takes milliseconds: {@link #current()} looks once. */
    public static Host detect() {
        final JvmVectorSupport jvm = JvmVectorSupport.detect();
        return new Host(new CpuDetector().detect(jvm), jvm);
    }

    /** This machine and JVM, looked at once. */
    public static Host current() {
        return Current.HOST;
    }

    /** Whether a fused multiply-add in Java is one instruction here. */
    public boolean javaFma() {
        // Where the JVM does not tell: every 64-bit Arm CPU has it, and HotSpot uses it wherever the CPU does.
        return jvm.fmaIsOneInstruction()
                .orElseGet(() -> cpu.has(CpuFeature.FMA) || cpu.architecture() == Architecture.AARCH64);
    }

    private static final class Current {
        static final Host HOST = detect();
    }
}
