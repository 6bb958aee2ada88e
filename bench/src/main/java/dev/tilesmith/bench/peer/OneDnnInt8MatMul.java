package dev.tilesmith.bench.peer;

import dev.tilesmith.bench.work.ChannelWeights;
import dev.tilesmith.bench.work.Operands;
import dev.tilesmith.bench.work.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * oneDNN's matmul primitive on unsigned bytes by signed ones to f32: activations quantized in every run, with one scale
 * and one zero point for all; weights reordered once to the layout that it asks for, with a scale for each column.
 */
final class OneDnnInt8MatMul implements Prepared {
    private static final int OPERANDS = 6;

    private final Operands operands;
    private final MemorySegment primitive;
    private final MemorySegment stream;
    private final Arena arena = Arena.ofAuto();
    private final MemorySegment arguments;
    private final MemorySegment quantized;
    private final MemorySegment scale = arena.allocate(ValueLayout.JAVA_FLOAT);
    private final MemorySegment zeroPoint = arena.allocate(ValueLayout.JAVA_INT);
    private final TensorQuantizer quantizer = new TensorQuantizer();

    OneDnnInt8MatMul(Operands operands) {
        final Shape shape = operands.shape();
        this.operands = operands;
        this.quantized = arena.allocate((long) shape.m() * shape.k(), 64);
        final MemorySegment engine = OneDnn.engine();
        this.stream = OneDnn.stream(engine);
        final MemorySegment src = OneDnn.description(shape.m(), shape.k(), OneDnn.U8, OneDnn.ROWS);
        final MemorySegment any = OneDnn.description(shape.k(), shape.n(), OneDnn.S8, OneDnn.ANY);
        final MemorySegment dst = OneDnn.description(shape.m(), shape.n(), OneDnn.F32, OneDnn.ROWS);
        final MemorySegment attributes = OneDnn.attributes();
        OneDnn.setScales(attributes, OneDnn.ARG_SRC, OneDnn.FOR_ALL);
        OneDnn.setScales(attributes, OneDnn.ARG_WEIGHTS, OneDnn.FOR_EACH_COLUMN);
        OneDnn.setZeroPoints(attributes, OneDnn.ARG_SRC, OneDnn.FOR_ALL);
        final MemorySegment description = OneDnn.matMulDescription(engine, src, any, dst, attributes);
        this.primitive = OneDnn.primitive(description);
        final ChannelWeights channels = operands.channelWeights();
        final MemorySegment scales = arena.allocateFrom(ValueLayout.JAVA_FLOAT, channels.scales());
        this.arguments = OneDnn.arguments(
                arena,
                new OneDnn.Argument(OneDnn.ARG_SRC, OneDnn.memory(engine, src, quantized)),
                new OneDnn.Argument(OneDnn.ARG_WEIGHTS, reordered(engine, description, channels)),
                new OneDnn.Argument(OneDnn.ARG_DST, OneDnn.memory(engine, dst, operands.dst())),
                new OneDnn.Argument(OneDnn.ARG_SCALES | OneDnn.ARG_SRC, row(engine, 1, OneDnn.F32, scale)),
                new OneDnn.Argument(OneDnn.ARG_SCALES | OneDnn.ARG_WEIGHTS, row(engine, shape.n(), OneDnn.F32, scales)),
                new OneDnn.Argument(OneDnn.ARG_ZERO_POINTS | OneDnn.ARG_SRC, row(engine, 1, OneDnn.S32, zeroPoint)));
    }

    private static MemorySegment row(MemorySegment engine, long length, int type, MemorySegment values) {
        return OneDnn.memory(engine, OneDnn.rowDescription(length, type), values);
    }

    private MemorySegment reordered(MemorySegment engine, MemorySegment description, ChannelWeights channels) {
        final MemorySegment chosen = OneDnn.query(description, OneDnn.QUERY_WEIGHTS);
        final MemorySegment room = arena.allocate(OneDnn.size(chosen), 64);
        final MemorySegment memory = OneDnn.memory(engine, chosen, room);
        // Our n x k rows are the columns of oneDNN's k x n matrix.
        final MemorySegment plain = OneDnn.description(channels.k(), channels.n(), OneDnn.S8, OneDnn.COLUMNS);
        final MemorySegment values = arena.allocateFrom(ValueLayout.JAVA_BYTE, channels.values());
        final MemorySegment copy = OneDnn.primitive(OneDnn.reorderDescription(engine, plain, chosen));
        final MemorySegment both = OneDnn.arguments(
                arena,
                new OneDnn.Argument(OneDnn.ARG_SRC, OneDnn.memory(engine, plain, values)),
                new OneDnn.Argument(OneDnn.ARG_DST, memory));
        OneDnn.execute(copy, stream, 2, both);
        return memory;
    }

    @Override
    public void run() {
        final long count = (long) operands.shape().m() * operands.shape().k();
        quantizer.quantize(operands.lhs(), count, quantized);
        scale.set(ValueLayout.JAVA_FLOAT, 0, quantizer.scale());
        zeroPoint.set(ValueLayout.JAVA_INT, 0, quantizer.zeroPoint());
        OneDnn.execute(primitive, stream, OPERANDS, arguments);
    }

    @Override
    public MemorySegment result() {
        return operands.dst();
    }

    @Override
    public String variant() {
        return "matmul u8 s8, weights reordered";
    }
}
