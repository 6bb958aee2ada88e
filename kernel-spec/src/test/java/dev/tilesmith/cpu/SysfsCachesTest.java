package dev.tilesmith.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SysfsCachesTest {
    private static final String INDEX = "/sys/devices/system/cpu/cpu0/cache/index";

    private final FakeSystem system = FakeSystem.of("Linux", "amd64");

    private SysfsCachesTest cache(int index, int level, String type, String size) {
        system.file(INDEX + index + "/level", level + "\n")
                .file(INDEX + index + "/type", type + "\n")
                .file(INDEX + index + "/size", size + "\n")
                .file(INDEX + index + "/coherency_line_size", "64\n");
        return this;
    }

    private CacheSizes read() {
        return new SysfsCaches(system).read();
    }

    @Test
    void theInstructionCacheIsNoDataCache() {
        cache(0, 1, "Data", "48K")
                .cache(1, 1, "Instruction", "32K")
                .cache(2, 2, "Unified", "1024K")
                .cache(3, 3, "Unified", "32768K");
        assertEquals(new CacheSizes(48 << 10, 1 << 20, 32 << 20, 64), read());
    }

    @Test
    void aCpuThatListsNoThirdLevelHasNone() {
        cache(0, 1, "Data", "32K").cache(1, 2, "Unified", "1M");
        assertEquals(new CacheSizes(32 << 10, 1 << 20, 0, 64), read());
    }

    @Test
    void aCpuThatListsNothingGetsTheDefault() {
        assertEquals(CacheSizes.DEFAULT, read());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "K", "-4K", "0", "many", "9999999999G", "99999999999999999999"})
    void aSizeThatMakesNoSenseIsAbsent(String size) {
        cache(0, 1, "Data", "64K").cache(1, 2, "Unified", size);
        assertEquals(CacheSizes.DEFAULT.l2(), read().l2());
        assertEquals(64 << 10, read().l1d());
    }
}
