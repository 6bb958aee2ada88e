package dev.tilesmith.sweep.operand;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.cpu.CacheSizes;
import dev.tilesmith.cpu.Host;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BeyondCachesTest {
    @ParameterizedTest
    @CsvSource({"0, 256", "4, 256", "32, 256", "128, 256", "129, 258", "480, 960", "1152, 2304"})
    void twiceTheLastLevelCacheIsReadAtLeast(int l3, long expected) {
        assertEquals(expected << 20, BeyondCaches.bytes(new CacheSizes(32 << 10, 1 << 20, l3 << 20, 64)));
    }

    @Test
    void noCacheOfThisMachineHoldsMoreThanHalf() {
        assertTrue(BeyondCaches.bytes() / 2 >= Host.current().cpu().caches().l3());
    }
}
