package dev.tilesmith.builds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.builds.Command.Output;
import dev.tilesmith.cpu.Cpu;
import dev.tilesmith.cpu.CpuFeature;
import dev.tilesmith.cpu.Host;
import java.util.Optional;

/** What every project computes: the quickstart's product, and the family that served it. */
final class Product {
    private static final String RESULT = "[1.0, 4.0, 6.0, 15.0]";

    private Product() {}

    /** A program that ended well with the right result, by the family that is best here. */
    static void check(Output output) {
        check(output, machineCode().orElseGet(Product::vectors));
    }

    /** A program that ended well with the right result, by a family of {@code target}. */
    static void check(Output output, String target) {
        assertEquals(0, output.status(), output::toString);
        assertTrue(output.stdout().lines().anyMatch(RESULT::equals), output::toString);
        assertEquals(Optional.of(target), output.served(), output::toString);
    }

    /** The first target of f32 that this system has machine code for. */
    static Optional<String> machineCode() {
        final Cpu cpu = Host.current().cpu();
        if (!System.getProperty("os.name", "").equals("Linux")) {
            return Optional.empty();
        } else if (cpu.has(CpuFeature.AVX512)) {
            return Optional.of("AVX512_VNNI");
        } else if (cpu.has(CpuFeature.AVX2) && cpu.has(CpuFeature.FMA)) {
            return Optional.of("AVX2");
        } else if (cpu.has(CpuFeature.SME)) {
            return Optional.of(cpu.has(CpuFeature.SME2) ? "SME2" : "SME");
        } else {
            return cpu.has(CpuFeature.DOTPROD) ? Optional.of("NEON_DOTPROD") : Optional.empty();
        }
    }

    /** The widest of the Vector API here. */
    static String vectors() {
        return "VECTOR_" + Math.min(512, Host.current().jvm().preferredBits());
    }
}
