package dev.tilesmith.bench;

import dev.tilesmith.bench.peer.InTurn;
import dev.tilesmith.bench.peer.Peer;
import dev.tilesmith.bench.peer.PeerUnavailableException;
import dev.tilesmith.bench.peer.Peers;
import dev.tilesmith.bench.peer.Prepared;
import dev.tilesmith.bench.work.DoubleReference;
import dev.tilesmith.bench.work.Operands;
import dev.tilesmith.bench.work.Operation;
import dev.tilesmith.bench.work.Shape;
import dev.tilesmith.sweep.measure.WarmUp;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One multiplication by one implementation. Its result is compared with the exact one before anything is timed. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MatMulBenchmark {
    /** Who computes. */
    @Param(Peers.OURS)
    public String impl;

    /** Formats of result, left and right operand. */
    @Param("f32_f32_f32")
    public String format;

    /** {@code MxNxK}, or {@code MxNxK-cold}. */
    @Param("64x64x64")
    public String shape;

    /** On how many threads one multiplication runs; JMH itself has one. */
    @Param("1")
    public int threads;

    /** Set by {@link #prepare}, which JMH calls before all else. */
    private Prepared prepared;

    /** Packs, computes once and compares. The parent is told how it went through the note. */
    @Setup
    public void prepare() {
        final ForkNote note = ForkNote.ofThisFork();
        try {
            final Peer peer = Peers.named(impl);
            final Operation operation = Operation.ofFormat(format);
            final Operands operands = Operands.random(operation, Shape.parse(shape));
            prepared = InTurn.prepare(peer, operation, operands, threads);
            for (int copy = 0; copy < operation.copies(operands.shape()); copy++) {
                check(operands, peer.tolerance(operation));
            }
            WarmUp.THOROUGH.untilCalm(prepared::run);
            note.write(ForkNote.Outcome.READY, prepared.variant());
        } catch (PeerUnavailableException e) {
            note.write(ForkNote.Outcome.UNAVAILABLE, String.valueOf(e.getMessage()));
            throw e;
        } catch (RuntimeException | Error e) {
            note.write(ForkNote.Outcome.FAILED, e.toString());
            throw e;
        }
    }

    private void check(Operands operands, double tolerance) {
        Operands.clear(operands.dst());
        prepared.run();
        final Optional<String> error = new DoubleReference(operands).findError(prepared.result(), tolerance);
        if (error.isPresent()) {
            throw new IllegalStateException(impl + ", " + shape + ": " + error.get());
        }
    }

    /** What is timed. */
    @Benchmark
    public void run() {
        prepared.run();
    }

    /** Stops threads and gives memory back. */
    @TearDown
    public void close() {
        prepared.close();
    }
}
