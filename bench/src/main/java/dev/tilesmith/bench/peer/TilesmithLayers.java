package dev.tilesmith.bench.peer;

import dev.tilesmith.bench.work.BatchProduct;
import dev.tilesmith.bench.work.Convolution;
import dev.tilesmith.bench.work.LayerFormat;
import dev.tilesmith.bench.work.LayerOperands;
import dev.tilesmith.bench.work.LayerWork;
import dev.tilesmith.bench.work.Shape;
import dev.tilesmith.bench.work.StaticScales;
import dev.tilesmith.runtime.BatchMatMulKernel;
import dev.tilesmith.runtime.Conv2dKernel;
import dev.tilesmith.runtime.DepthwiseConv2dKernel;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.Images;
import dev.tilesmith.runtime.Kernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.MatrixBatch;
import dev.tilesmith.runtime.PackedDepthwiseFilters;
import dev.tilesmith.runtime.PackedFilters;
import dev.tilesmith.runtime.Requantization;
import dev.tilesmith.runtime.Weights;
import java.lang.foreign.MemorySegment;

/** Our kernels: packed filters, images and matrices where the caller has them, on the calling thread. */
final class TilesmithLayers implements LayerPeer {
    private final String name;
    private final Choice choice;

    /** Which kernel of a table. */
    private interface Choice {
        <K extends Kernel> K of(DispatchTable<K> table);
    }

    private TilesmithLayers(String name, Choice choice) {
        this.name = name;
        this.choice = choice;
    }

    /** What dispatch tables choose. */
    static LayerPeer best() {
        return new TilesmithLayers(Peers.OURS, new Choice() {
            @Override
            public <K extends Kernel> K of(DispatchTable<K> table) {
                return table.best();
            }
        });
    }

    /** What every table has last. */
    static LayerPeer reference() {
        return new TilesmithLayers("reference", new Choice() {
            @Override
            public <K extends Kernel> K of(DispatchTable<K> table) {
                return table.usable().getLast();
            }
        });
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String variant(LayerWork work) {
        return kernel(work).family().variants().getLast().name();
    }

    private Kernel kernel(LayerWork work) {
        return switch (work.layer()) {
            case Convolution convolution when convolution.isDepthwise() -> depthwise(work.format());
            case Convolution _ -> convolution(work.format());
            case BatchProduct _ -> products();
        };
    }

    private Conv2dKernel convolution(LayerFormat format) {
        return switch (format) {
            case F32 -> choice.of(F32ConvolutionKernels.table());
            case STATIC_INT8 -> choice.of(StaticInt8ConvolutionKernels.table());
        };
    }

    private DepthwiseConv2dKernel depthwise(LayerFormat format) {
        return switch (format) {
            case F32 -> choice.of(F32DepthwiseKernels.table());
            case STATIC_INT8 -> choice.of(StaticInt8DepthwiseKernels.table());
        };
    }

    private BatchMatMulKernel products() {
        return choice.of(F32BatchProductKernels.table());
    }

    @Override
    public Prepared prepare(LayerOperands operands) {
        final LayerEnds ends = LayerEnds.signed(operands);
        final String variant = variant(new LayerWork(operands.format(), operands.layer()));
        return new PreparedLayer(run(operands, ends), ends::result, variant);
    }

    private Runnable run(LayerOperands operands, LayerEnds ends) {
        return switch (operands.layer()) {
            case Convolution convolution -> {
                final Images src = new Images(
                        1,
                        convolution.height(),
                        convolution.width(),
                        pixels(
                                operands.format(),
                                ends.src(),
                                convolution.pixels().inputChannels()));
                final Images dst = new Images(
                        1,
                        convolution.outputHeight(),
                        convolution.outputWidth(),
                        pixels(
                                operands.format(),
                                ends.dst(),
                                convolution.pixels().outputChannels()));
                yield convolution.isDepthwise()
                        ? depthwise(operands, convolution, src, dst)
                        : convolution(operands, convolution, src, dst);
            }
            case BatchProduct product -> products(product, ends.src(), operands.weights(), ends.dst());
        };
    }

    private Runnable convolution(LayerOperands operands, Convolution convolution, Images src, Images dst) {
        final Conv2dKernel kernel = convolution(operands.format());
        final PackedFilters filters = kernel.packFilters(convolution.pixels(), filters(operands));
        return () -> kernel.run(src, filters, dst);
    }

    private Runnable depthwise(LayerOperands operands, Convolution convolution, Images src, Images dst) {
        final DepthwiseConv2dKernel kernel = depthwise(operands.format());
        final PackedDepthwiseFilters filters = kernel.packFilters(convolution.pixels(), filters(operands));
        return () -> kernel.run(src, filters, dst);
    }

    private Runnable products(BatchProduct product, MemorySegment left, MemorySegment right, MemorySegment result) {
        final Shape shape = product.shape();
        final BatchMatMulKernel kernel = products();
        final MatrixBatch lhs = stacked(left, product, shape.m(), shape.k());
        final MatrixBatch rows = stacked(right, product, product.tokens(), product.width());
        final MatrixBatch rhs =
                switch (product.right()) {
                    case KEYS -> rows.transposed();
                    case VALUES -> rows;
                };
        final MatrixBatch dst = stacked(result, product, shape.m(), shape.n());
        return () -> kernel.run(lhs, rhs, dst);
    }

    private static MatrixBatch stacked(MemorySegment data, BatchProduct product, int rows, int columns) {
        return MatrixBatch.stacked(Matrix.of(data, product.heads() * rows, columns), rows);
    }

    private static Matrix pixels(LayerFormat format, MemorySegment data, int channels) {
        final int pixels = (int) (data.byteSize() / format.activationBytes() / channels);
        return switch (format) {
            case F32 -> Matrix.of(data, pixels, channels);
            case STATIC_INT8 -> Matrix.ofBytes(data, pixels, channels);
        };
    }

    private static Weights filters(LayerOperands operands) {
        final int n = operands.layer().shape().n();
        final int k = operands.layer().shape().k();
        return switch (operands.format()) {
            case F32 -> Weights.nByK(Matrix.of(operands.weights(), n, k));
            case STATIC_INT8 -> {
                final LayerOperands.StaticInt8 int8 = operands.staticInt8();
                final StaticScales scales = int8.scales();
                yield Weights.nByK(Matrix.of(int8.filters().values(), n, k))
                        .withScales(int8.filters().scales())
                        .requantized(new Requantization(
                                scales.lhsScale(), scales.lhsZeroPoint(), scales.dstScale(), scales.dstZeroPoint()));
            }
        };
    }
}
