package dev.tilesmith.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CpuTest {
    private static Cpu arm(Set<CpuFeature> features, int cores, int streamingVectorBits) {
        return new Cpu("x", "", Architecture.AARCH64, features, CacheSizes.DEFAULT, cores, streamingVectorBits, "test");
    }

    @Test
    void whatIsMissingIsInTheOrderOfTheEnum() {
        final Cpu cpu = arm(Set.of(CpuFeature.NEON), 1, 0);
        assertEquals(
                List.of(CpuFeature.DOTPROD, CpuFeature.I8MM),
                List.copyOf(cpu.missing(List.of(CpuFeature.I8MM, CpuFeature.NEON, CpuFeature.DOTPROD))));
        assertFalse(cpu.hasAll(List.of(CpuFeature.NEON, CpuFeature.I8MM)));
        assertTrue(cpu.hasAll(List.of(CpuFeature.NEON)));
    }

    @Test
    void featuresCannotBeChanged() {
        final Cpu cpu = arm(Set.of(), 1, 0);
        assertThrows(UnsupportedOperationException.class, () -> cpu.features().add(CpuFeature.NEON));
    }

    @Test
    void aFeatureOfAnotherArchitectureIsRefused() {
        final String message = assertThrows(IllegalArgumentException.class, () -> arm(Set.of(CpuFeature.AVX2), 1, 0))
                .getMessage();
        assertTrue(message.contains("AVX2") && message.contains("AARCH64"), message);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, 64, 192, 4096})
    void aStreamingLengthThatTheArchitectureForbidsIsRefused(int bits) {
        assertThrows(IllegalArgumentException.class, () -> arm(Set.of(), 1, bits));
    }

    @Test
    void noCoresAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> arm(Set.of(), 0, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "amd64, X86_64",
        "x86_64, X86_64",
        "aarch64, AARCH64",
        "ARM64, AARCH64",
        "riscv64, OTHER",
        "x86, OTHER",
        "'', OTHER"
    })
    void architecturesGoByTheNamesThatJvmsGive(String osArch, Architecture architecture) {
        assertEquals(architecture, Architecture.of(osArch));
    }
}
