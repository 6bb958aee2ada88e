package dev.tilesmith.cpu;

import java.util.Locale;

/** An instruction set architecture. */
public enum Architecture {
    /** x86-64. */
    X86_64,
    /** 64-bit Arm. */
    AARCH64,
    /** Any other: kernels run as Java. */
    OTHER;

    /** The architecture that the system property {@code os.arch} names. */
    public static Architecture of(String osArch) {
        return switch (osArch.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64", "x86-64" -> X86_64;
            case "aarch64", "arm64" -> AARCH64;
            default -> OTHER;
        };
    }
}
