package dev.tilesmith.kernel.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is borrowed is as large as asked for and nobody else's; what is idle serves again, and goes back to the system. */
@EnabledOnOs(OS.LINUX)
final class ScratchPoolTest {
    private final ScratchPool pool = new ScratchPool();

    @ParameterizedTest
    @ValueSource(
            longs = {0, 1, 4095, 4096, 4097, 65_536, 65_537, 1 << 20, (1 << 22) - 1, 1 << 22, (1 << 22) + 1, 9_999_999})
    void whatIsBorrowedIsLargeEnoughAndOnesOwn(long bytes) {
        final List<MemorySegment> borrowed = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            borrowed.clear();
            for (int i = 0; i < 20; i++) {
                final MemorySegment scratch = pool.borrow(bytes);
                assertTrue(scratch.byteSize() >= bytes);
                assertEquals(0, scratch.address() % 64);
                for (final MemorySegment other : borrowed) {
                    assertFalse(scratch.asOverlappingSlice(other).isPresent(), "lent twice");
                }
                scratch.fill((byte) i);
                borrowed.add(scratch);
            }
            borrowed.forEach(pool::giveBack);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {100, 65_536, 1 << 22})
    void whatIsIdleServesAgain(long bytes) {
        final Set<Long> addresses = new HashSet<>();
        final List<MemorySegment> borrowed = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            borrowed.add(pool.borrow(bytes));
            addresses.add(borrowed.getLast().address());
        }
        borrowed.forEach(pool::giveBack);
        for (int i = 0; i < 40; i++) {
            assertTrue(addresses.remove(pool.borrow(bytes).address()));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {100_000, 1 << 20, 1 << 22})
    void whatIsIdleGoesBackToTheSystem(long bytes) throws Exception {
        final List<Long> addresses = new ArrayList<>();
        borrowAndGiveBack(bytes, addresses);
        final long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (mapped(addresses) > 0 && System.nanoTime() < end) {
            System.gc();
            Thread.sleep(10);
        }
        assertEquals(0, mapped(addresses));
        assertTrue(pool.borrow(bytes).byteSize() >= bytes);
    }

    private void borrowAndGiveBack(long bytes, List<Long> addresses) throws IOException {
        final List<MemorySegment> borrowed = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            borrowed.add(pool.borrow(bytes));
            addresses.add(borrowed.getLast().address());
        }
        assertEquals(20, mapped(addresses));
        borrowed.forEach(pool::giveBack);
    }

    /** How many of the addresses are of a mapping. */
    private static long mapped(List<Long> addresses) throws IOException {
        final List<String> lines = Files.readAllLines(Path.of("/proc/self/maps"));
        return addresses.stream()
                .filter(address -> lines.stream().anyMatch(line -> contains(line, address)))
                .count();
    }

    private static boolean contains(String line, long address) {
        final String[] range = line.substring(0, line.indexOf(' ')).split("-", 2);
        return Long.compareUnsigned(Long.parseUnsignedLong(range[0], 16), address) <= 0
                && Long.compareUnsigned(address, Long.parseUnsignedLong(range[1], 16)) < 0;
    }

    @Test
    void nothingCountsAsDirectMemory() {
        final long before = direct();
        final List<MemorySegment> borrowed = new ArrayList<>();
        for (int size = 0; size <= 22; size++) {
            borrowed.add(pool.borrow(1L << size));
        }
        assertEquals(before, direct());
        borrowed.forEach(pool::giveBack);
    }

    private static long direct() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(buffers -> buffers.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }
}
