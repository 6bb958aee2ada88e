package dev.tilesmith.kernel.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tilesmith.cpu.Host;
import dev.tilesmith.runtime.Conv2dKernel;
import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.runtime.DepthwiseConv2dKernel;
import dev.tilesmith.runtime.Images;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackedDepthwiseFilters;
import dev.tilesmith.runtime.PackedFilters;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.runtime.Weights;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a depthwise convolution cannot do is refused by name, and nothing is written then. */
final class DepthwiseRefusedTest extends ImagesRefused {
    private static final Conv2dShape SHAPE = Conv2dShape.depthwise(2, 2, 3, 3);
    private static final DepthwiseConv2dKernel KERNEL = DepthwiseKind.FLOATS.kernel(Host.current());

    private final PackedDepthwiseFilters filters = KERNEL.packFilters(SHAPE, weights(4, 9));

    @Override
    void run(Images from, Images to, RunOptions options) {
        KERNEL.run(from, filters, to, options);
    }

    @Override
    void runPadded(Images from, Images to) {
        final Weights biased = weights(4, 9).withBias(1, 2, 3, 4);
        KERNEL.run(from, KERNEL.packFilters(SHAPE.padding(1, 2, 3, 4), biased), to);
    }

    @Override
    MemorySegment packed() {
        return filters.values().data();
    }

    @Test
    void shapesHaveAGroupForEachChannel() {
        final String message =
                "shape: 1 groups of 2 input channels; a depthwise convolution has a group for each: Conv2dShape.depthwise";
        final Conv2dShape all = Conv2dShape.of(2, 4, 3, 3);
        assertRefused(message, () -> KERNEL.packFilters(all, weights(4, 18)));
        assertRefused(message, () -> new PackedDepthwiseFilters(all, filters.values(), 0));
    }

    @Test
    void filtersAreOfTheShape() {
        assertRefused(
                "filters: 4 x 8; expected outputChannels x values of a filter = 4 x 9",
                () -> KERNEL.packFilters(SHAPE, weights(4, 8)));
        assertRefused(
                "filters: 2 x 9; expected outputChannels x values of a filter = 4 x 9",
                () -> KERNEL.packFilters(SHAPE, weights(2, 9)));
        assertRefused(
                "values: 4 x 9; expected filters x values = 4 x 6 as in the shape",
                () -> new PackedDepthwiseFilters(Conv2dShape.depthwise(2, 2, 2, 3), filters.values(), 0));
        assertRefused(
                "paddingValue: 128; expected -128 to 127",
                () -> new PackedDepthwiseFilters(SHAPE, filters.values(), 128));
    }

    /** Nobody reads what these images would have. */
    @Test
    @SuppressWarnings("restricted") // of memory that is not there
    void whatAKernelSpansIsAnArray() {
        final MemorySegment memory = MemorySegment.ofAddress(1 << 12).reinterpret(1L << 35);
        final Images wide = new Images(1, 1, 1 << 30, Matrix.of(memory, 1 << 30, 8));
        final Conv2dShape shape =
                Conv2dShape.depthwise(8, 1, 2).dilation(1, 1 << 29).stride(1, 1 << 30);
        assertRefused(
                "src: lines under a kernel: 4294967308 elements; a Java array has 2147483639 at most",
                () -> KERNEL.run(wide, KERNEL.packFilters(shape, weights(8, 2)), Images.of(new float[8], 1, 1, 1, 8)));
    }

    /** Packed weights of one layout are alike, but families are of their operation. */
    @Test
    void familiesAreOfTheirOperation() {
        final DepthwiseConv2dKernel multiplying = new DrivenDepthwiseConv2d(ConvolvedKind.FLOATS.lineup(), true) {};
        final Conv2dKernel convolving = new DrivenConv2d(DepthwiseKind.FLOATS.lineup(Host.current()), true) {};
        final Conv2dShape shape = Conv2dShape.of(2, 4, 3, 3);
        final PackedFilters packed = convolving.packFilters(shape, weights(4, 18));
        assertThrows(IllegalStateException.class, () -> multiplying.run(src, filters, dst));
        assertThrows(IllegalStateException.class, () -> convolving.run(src, packed, dst));
        assertUntouched();
    }

    @Test
    void boundsAreThoseOfTheDeclaration() {
        final DepthwiseConv2dKernel unbounded =
                new DrivenDepthwiseConv2d(DepthwiseKind.FLOATS.lineup(Host.current()), false) {};
        assertRefused(
                "clamp: this kernel is declared with clamp = false; declare it with clamp = true to bound results",
                () -> unbounded.run(src, filters, dst, RunOptions.DEFAULT.clamp(0, 1)));
    }

    /** A declared interface that is serializable. */
    private interface SerializableDepthwise extends DepthwiseConv2dKernel, Serializable {}

    private static final class Stored extends DrivenDepthwiseConv2d implements SerializableDepthwise {
        private static final long serialVersionUID = 1;

        Stored() {
            super(DepthwiseKind.FLOATS.lineup(Host.current()), true);
        }
    }

    @Test
    void kernelsAreNotSerialized() {
        assertThrows(NotSerializableException.class, () -> new ObjectOutputStream(new ByteArrayOutputStream())
                .writeObject(new Stored()));
        assertEquals(List.of(1), KERNEL.family().mrs());
    }
}
