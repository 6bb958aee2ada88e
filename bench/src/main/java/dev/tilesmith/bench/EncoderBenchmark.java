package dev.tilesmith.bench;

import ai.onnxruntime.OrtException;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.sample.encoder.PackedModel;
import dev.tilesmith.sample.encoder.Precision;
import dev.tilesmith.sample.encoder.SentenceEncoder;
import dev.tilesmith.sample.onnx.BertReader;
import dev.tilesmith.sample.peer.OnnxRuntimeEncoder;
import dev.tilesmith.sample.search.EncoderInt8LinearKernels;
import dev.tilesmith.sample.search.EncoderLinearKernels;
import dev.tilesmith.sample.search.ModelFiles;
import dev.tilesmith.sweep.measure.WarmUp;
import java.util.SplittableRandom;
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

/** One sentence to its vector by all-MiniLM-L6-v2, tokens in and vector out, on one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EncoderBenchmark {
    private static final int WORDS = 30_000;

    /** Many methods of little work each reach the JIT's thresholds late, after it has been calm for a while. */
    private static final long LEAST_WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(3);

    /** A way from tokens to a vector. */
    private interface Encoder extends AutoCloseable {
        float[] encode(int[] tokens) throws OrtException;

        @Override
        default void close() throws OrtException {}
    }

    /** Who computes, in which precision. */
    public enum Way {
        /** Our kernels on the file's int8 weights. */
        TILESMITH_INT8,
        /** Our kernels on the same weights in f32. */
        TILESMITH_F32,
        /** ONNX Runtime on the file. */
        ONNXRUNTIME
    }

    /** Who computes. */
    @Param("TILESMITH_INT8")
    public Way way;

    /** Length of the sentence. */
    @Param("32")
    public int tokens;

    private Encoder encoder;
    private int[] sentence;

    /** Reads and packs the model, and runs it until the JIT leaves it alone. */
    @Setup
    public void prepare() throws OrtException {
        encoder = encoder(way);
        sentence = new SplittableRandom(tokens).ints(tokens, 0, WORDS).toArray();
        final long start = System.nanoTime();
        while (System.nanoTime() - start < LEAST_WARM_UP_NANOS) {
            run();
        }
        WarmUp.THOROUGH.untilCalm(() -> {
            try {
                run();
            } catch (OrtException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static Encoder encoder(Way way) throws OrtException {
        return switch (way) {
            case TILESMITH_INT8 -> encoder(EncoderInt8LinearKernels.best(), Precision.INT8);
            case TILESMITH_F32 -> encoder(EncoderLinearKernels.best(), Precision.F32);
            case ONNXRUNTIME -> {
                final OnnxRuntimeEncoder peer = new OnnxRuntimeEncoder(ModelFiles.model(), 1);
                yield new Encoder() {
                    @Override
                    public float[] encode(int[] tokens) throws OrtException {
                        return peer.encode(tokens);
                    }

                    @Override
                    public void close() throws OrtException {
                        peer.close();
                    }
                };
            }
        };
    }

    private static Encoder encoder(MatMulKernel kernel, Precision precision) {
        return new SentenceEncoder(PackedModel.pack(BertReader.read(ModelFiles.model()), kernel, precision))::encode;
    }

    /** What is timed. */
    @Benchmark
    public float[] run() throws OrtException {
        return encoder.encode(sentence);
    }

    /** Gives memory back. */
    @TearDown
    public void close() throws OrtException {
        encoder.close();
    }
}
