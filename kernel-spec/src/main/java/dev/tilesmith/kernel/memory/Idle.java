package dev.tilesmith.kernel.memory;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Things of one kind that nobody uses, for any thread to take, so that few are ever made. */
public final class Idle<T> {
    /** For these nothing is allocated. */
    private final AtomicReferenceArray<@Nullable T> few = new AtomicReferenceArray<>(16);

    private final Queue<T> more = new ConcurrentLinkedQueue<>();
    private final Supplier<T> maker;

    /** None as yet; {@code maker} makes one where none is idle. */
    public Idle(Supplier<T> maker) {
        this.maker = maker;
    }

    /** One that nobody uses. */
    public T take() {
        for (int i = 0; i < few.length(); i++) {
            final T found = few.get(i);
            if (found != null && few.compareAndSet(i, found, null)) {
                return found;
            }
        }
        final T found = more.poll();
        return found == null ? maker.get() : found;
    }

    /** Adds one that is no longer used. */
    public void add(T thing) {
        for (int i = 0; i < few.length(); i++) {
            if (few.get(i) == null && few.compareAndSet(i, null, thing)) {
                return;
            }
        }
        more.add(thing);
    }
}
