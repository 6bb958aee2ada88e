package dev.tilesmith.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.cpu.CpuDetector;
import dev.tilesmith.cpu.CpuFeature;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TilePermissionTest {
    @Test
    void whatIsGrantedIsNotExplained() {
        assertEquals(Optional.empty(), TilePermission.refusal(() -> 0));
    }

    @ParameterizedTest
    @CsvSource({"22, EINVAL", "28, signal stack", "1, errno 1", "95, errno 95"})
    void aRefusalSaysWhy(int errno, String words) {
        final String reason = TilePermission.refusal(() -> errno).orElseThrow();
        assertTrue(reason.contains(words) && reason.contains("tile registers"), reason);
    }

    @Test
    void aSystemThatCannotBeAskedRefuses() {
        final String reason = TilePermission.refusal(() -> {
                    throw new CodeRefusedException("no C library");
                })
                .orElseThrow();
        assertEquals("nobody can be asked for tile registers: no C library", reason);
    }

    /** Linux grants it where the CPU has tile registers that the kernel lists, however often it is asked. */
    @Test
    void theSystemGrantsItWhereItListsTileRegisters() {
        final boolean listed = new CpuDetector().detect().has(CpuFeature.AMX_TILE);
        assertEquals(listed, TilePermission.refusal().isEmpty());
        assertEquals(listed, TilePermission.refusal().isEmpty());
    }
}
