package dev.tilesmith.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.cpu.JvmVectorSupport.Fma;
import dev.tilesmith.cpu.JvmVectorSupport.VectorModule;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtherSystemsTest {
    private static final JvmVectorSupport NO_VECTORS = new JvmVectorSupport(VectorModule.LEFT_OUT, 0, Fma.UNKNOWN);

    private static FakeSystem macWithM4() {
        final FakeSystem system = FakeSystem.of("Mac OS X", "aarch64");
        for (final String name : "FP16 FHM DotProd I8MM BF16 SME SME_I16I64 SME_F64F64 SME2".split(" ", -1)) {
            system.number("hw.optional.arm.FEAT_" + name, 1);
        }
        return system.number("hw.perflevel0.l1dcachesize", 131072)
                .number("hw.perflevel0.l2cachesize", 16777216)
                .number("hw.cachelinesize", 128);
    }

    private static Cpu detect(SystemSource system) {
        return new CpuDetector(system).detect(NO_VECTORS);
    }

    @Test
    void macOsTellsByName() {
        final Cpu cpu = detect(macWithM4().number("hw.optional.arm.sme_max_svl_b", 64));
        final Cpu profile = CpuProfile.named("apple-m4").cpu();
        assertEquals(profile.features(), cpu.features());
        assertEquals(profile.streamingVectorBits(), cpu.streamingVectorBits());
        assertEquals(profile.caches(), cpu.caches());
        assertEquals("Apple M4", cpu.name());
    }

    @Test
    void smeThatTheSystemKeepsToItselfIsNoSme() {
        final Cpu cpu = detect(macWithM4());
        assertEquals(CpuProfile.named("apple-m2").cpu().features(), cpu.features());
        assertEquals(0, cpu.streamingVectorBits());
    }

    @Test
    void macOsWithoutNativeAccessIsTheBaseline() {
        final Cpu cpu = detect(FakeSystem.of("Mac OS X", "aarch64"));
        assertEquals(Set.of(CpuFeature.NEON), cpu.features());
        assertTrue(cpu.source().contains("native access is off"), cpu.source());
    }

    @Test
    void windowsOnArmIsTheBaseline() {
        assertEquals(
                Set.of(CpuFeature.NEON),
                detect(FakeSystem.of("Windows 11", "aarch64")).features());
    }

    @ParameterizedTest
    @CsvSource({"128, false, false, false", "256, true, false, true", "512, true, true, true"})
    void windowsOnX86IsJudgedByTheVectorsOfTheJvm(int bits, boolean avx2, boolean avx512, boolean fma) {
        final Cpu cpu = new CpuDetector(FakeSystem.of("Windows 11", "amd64"))
                .detect(new JvmVectorSupport(VectorModule.RESOLVED, bits, Fma.HARDWARE));
        assertEquals(avx2, cpu.has(CpuFeature.AVX2));
        assertEquals(avx512, cpu.has(CpuFeature.AVX512));
        assertEquals(fma, cpu.has(CpuFeature.FMA));
    }

    @Test
    void anUnknownArchitectureHasNothing() {
        final Cpu cpu = detect(FakeSystem.of("Linux", "riscv64"));
        assertEquals(Architecture.OTHER, cpu.architecture());
        assertEquals(EnumSet.noneOf(CpuFeature.class), cpu.features());
    }

    @Test
    void aSystemThatRefusesEverythingStillHasACpu() {
        final Cpu cpu = detect(new Refusing());
        assertEquals(Architecture.OTHER, cpu.architecture());
        assertEquals(1, cpu.cores());
    }

    private static final class Refusing implements SystemSource {
        @Override
        public String property(String name) {
            throw new SecurityException(name);
        }

        @Override
        public int processors() {
            throw new SecurityException("processors");
        }

        @Override
        public String text(String path) {
            throw new SecurityException(path);
        }

        @Override
        public byte[] bytes(String path) {
            throw new SecurityException(path);
        }
    }
}
