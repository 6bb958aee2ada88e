package dev.tilesmith.kernel.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is idle serves again, each to one at a time, and no more is made than is needed at once. */
final class IdleTest {
    /** So many lie in an array, where threads may look past one that another has just given back. */
    private static final int FEW = 16;

    private static final int TIMES = 400_000;

    private final AtomicInteger made = new AtomicInteger();
    private final Idle<Thing> idle = new Idle<>(() -> new Thing(made.incrementAndGet()));

    /** Something that one user has at a time. */
    private static final class Thing {
        private final int number;
        private final AtomicBoolean used = new AtomicBoolean();

        Thing(int number) {
            this.number = number;
        }

        @Override
        public String toString() {
            return "thing " + number;
        }
    }

    /** Fewer than there is an array for, as many, and more. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, FEW - 1, FEW, FEW + 1, 3 * FEW})
    void whatIsGivenBackServesAgainAndNothingElse(int count) {
        final Set<Thing> first = takeAll(count);
        assertEquals(count, first.size(), "each is taken once");
        for (int round = 0; round < 3; round++) {
            first.forEach(idle::add);
            assertEquals(first, takeAll(count));
        }
        assertEquals(count, made.get());
    }

    private Set<Thing> takeAll(int count) {
        final Set<Thing> taken = new HashSet<>();
        for (int i = 0; i < count; i++) {
            taken.add(idle.take());
        }
        return taken;
    }

    @Test
    void oneThatIsMissingIsMadeAnew() {
        final Thing first = idle.take();
        final Thing second = idle.take();
        assertNotSame(first, second);
        idle.add(second);
        assertSame(second, idle.take());
        assertEquals(2, made.get());
        assertEquals(3, idle.take().number);
    }

    /**
     * Threads that take and give back as fast as they can. When one is made, none is in the queue, at most {@link #FEW} are in
     * the array, and the others are in use.
     */
    @ParameterizedTest
    @ValueSource(ints = {2, 5, 3 * FEW})
    void noneIsSharedByTwoAndFewAreMade(int threads) throws InterruptedException {
        final AtomicInteger shared = new AtomicInteger();
        final List<Thread> users = IntStream.range(0, threads)
                .mapToObj(_ -> Thread.ofPlatform().start(() -> use(TIMES / threads, shared)))
                .toList();
        for (final Thread user : users) {
            user.join();
        }
        assertEquals(0, shared.get(), "times one was found in use by another");
        assertTrue(made.get() <= threads + FEW, made + " made for " + threads + " threads");
        final int all = made.get();
        assertEquals(all, takeAll(all).size(), "all are idle again");
        assertEquals(all, made.get(), "and none is missing");
    }

    private void use(int times, AtomicInteger shared) {
        for (int i = 0; i < times; i++) {
            final Thing thing = idle.take();
            if (!thing.used.compareAndSet(false, true)) {
                shared.incrementAndGet();
            }
            Thread.onSpinWait();
            thing.used.set(false);
            idle.add(thing);
        }
    }
}
