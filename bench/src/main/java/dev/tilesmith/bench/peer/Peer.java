package dev.tilesmith.bench.peer;

import dev.tilesmith.bench.work.Operands;
import dev.tilesmith.bench.work.Operation;
import dev.tilesmith.bench.work.Work;
import java.util.List;

/** One implementation of matrix multiplication. */
public interface Peer {
    /** The name that reports and {@code -Dimpl} know it by. */
    String name();

    /** Whether it can do this work, and in a time worth waiting for. */
    boolean supports(Work work);

    /** What to throw for an operation that {@link #supports} denies. */
    static IllegalArgumentException unsupported(Operation operation) {
        return new IllegalArgumentException("operation: " + operation + " is not supported");
    }

    /** How far its results may be from the exact ones, relative to the largest result. */
    default double tolerance(Operation operation) {
        return operation.tolerance();
    }

    /** Options that a JVM needs to run it, besides the Vector API and native access. */
    default List<String> jvmOptions() {
        return List.of();
    }

    /**
     * Does everything that is done once for given weights: packing, building a graph, starting threads. To be called on
     * the thread that will run the work, for some libraries count their threads for each caller.
     *
     * @throws PeerUnavailableException if this machine cannot run it
     */
    Prepared prepare(Operation operation, Operands operands, int threads);

    /**
     * Prepares several that take turns. Who can lets them share threads, as the layers of a model do.
     *
     * @throws PeerUnavailableException if this machine cannot run it
     */
    default List<Prepared> prepareAll(Operation operation, List<Operands> operands, int threads) {
        return operands.stream().map(own -> prepare(operation, own, threads)).toList();
    }
}
