package dev.tilesmith.bench;

import dev.tilesmith.bench.peer.LayerPeer;
import dev.tilesmith.bench.peer.LayerPeers;
import dev.tilesmith.bench.peer.PeerUnavailableException;
import dev.tilesmith.bench.peer.Peers;
import dev.tilesmith.bench.peer.Prepared;
import dev.tilesmith.bench.work.DoubleReference;
import dev.tilesmith.bench.work.Layer;
import dev.tilesmith.bench.work.LayerFormat;
import dev.tilesmith.bench.work.LayerOperands;
import dev.tilesmith.bench.work.LayerWork;
import dev.tilesmith.bench.work.Operands;
import dev.tilesmith.sweep.measure.WarmUp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One layer by all implementations in turn, on one thread, so that a machine that changes its speed changes it for all of them.
 * Each one's result is compared with the exact one before anything is timed.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LayerBenchmark {
    /** As long as a turn is, whose first call brings back to the caches what others have taken from there. */
    private static final long TURN_NANOS = 300_000;

    /** Formats of result, left and right operand. */
    @Param("f32_f32_f32")
    public String format;

    /** The layer, as {@link Layer#parse} reads it. */
    @Param("28x28x256-3x3")
    public String layer;

    /** Set by {@link #prepare}, which JMH calls before all else. */
    private final Map<String, Turn> turns = new LinkedHashMap<>();

    /** How long a call took each of them, in an iteration; 0: it is not there. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Nanos {
        private Map<String, Turn> turns = Map.of();

        /** Ours. */
        public double tilesmith() {
            return of(Peers.OURS);
        }

        /** oneDNN's. */
        public double onednn() {
            return of("onednn");
        }

        /** ONNX Runtime's. */
        public double onnxruntime() {
            return of("onnxruntime");
        }

        private double of(String impl) {
            return turns.containsKey(impl) ? turns.get(impl).nanosPerCall() : 0;
        }
    }

    /** Prepares everyone, computes once and compares. The parent is told through the note who is not there. */
    @Setup
    public void prepare() {
        final ForkNote note = ForkNote.ofThisFork();
        final LayerWork work = new LayerWork(LayerFormat.ofFormat(format), Layer.parse(layer));
        final List<String> unavailable = new ArrayList<>();
        try {
            final LayerOperands operands = LayerOperands.random(work);
            for (final LayerPeer peer : LayerPeers.all()) {
                try {
                    final Prepared prepared = peer.prepare(operands);
                    check(peer, operands, prepared);
                    turns.put(peer.name(), new Turn(prepared));
                } catch (PeerUnavailableException e) {
                    unavailable.add(peer.name() + " NOT RUN: " + e.getMessage());
                }
            }
            WarmUp.THOROUGH.untilCalm(() -> turns.values().forEach(Turn::warm));
            turns.values().forEach(Turn::calibrate);
            note.write(ForkNote.Outcome.READY, String.join("\n", unavailable));
        } catch (RuntimeException | Error e) {
            note.write(ForkNote.Outcome.FAILED, e.toString());
            throw e;
        }
    }

    private static void check(LayerPeer peer, LayerOperands operands, Prepared prepared) {
        Operands.clear(operands.dst());
        prepared.run();
        new DoubleReference(operands)
                .findError(prepared.result(), operands.format().tolerance())
                .ifPresent(error -> {
                    throw new IllegalStateException(peer.name() + ", " + operands.layer() + ": " + error);
                });
    }

    /** Begins an iteration. */
    @Setup(Level.Iteration)
    public void clear() {
        turns.values().forEach(Turn::clear);
    }

    /** A turn of each. */
    @Benchmark
    public void run(Nanos nanos) {
        nanos.turns = turns;
        turns.values().forEach(Turn::run);
    }

    /** Gives memory back. */
    @TearDown
    public void close() {
        turns.values().forEach(turn -> turn.prepared.close());
    }

    /** One implementation's turns. */
    private static final class Turn {
        private final Prepared prepared;
        private int callsOfTurn = 1;
        private long nanos;
        private long calls;

        Turn(Prepared prepared) {
            this.prepared = prepared;
        }

        void warm() {
            prepared.run();
        }

        void calibrate() {
            while (time(prepared, callsOfTurn) < TURN_NANOS / 2) {
                callsOfTurn *= 2;
            }
        }

        void run() {
            prepared.run();
            nanos += time(prepared, callsOfTurn);
            calls += callsOfTurn;
        }

        private static long time(Prepared prepared, int calls) {
            final long start = System.nanoTime();
            for (int call = 0; call < calls; call++) {
                prepared.run();
            }
            return System.nanoTime() - start;
        }

        void clear() {
            nanos = 0;
            calls = 0;
        }

        double nanosPerCall() {
            return calls == 0 ? 0 : (double) nanos / calls;
        }
    }
}
