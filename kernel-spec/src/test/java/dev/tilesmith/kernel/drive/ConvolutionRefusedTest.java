package dev.tilesmith.kernel.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tilesmith.runtime.Conv2dKernel;
import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.runtime.Images;
import dev.tilesmith.runtime.PackOptions;
import dev.tilesmith.runtime.PackedFilters;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.runtime.Weights;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a convolution cannot do is refused by name, and nothing is written then. */
final class ConvolutionRefusedTest extends ImagesRefused {
    private static final Conv2dShape SHAPE = Conv2dShape.of(2, 4, 3, 3);
    private static final Conv2dKernel KERNEL = ConvolvedKind.FLOATS.kernel();

    private final PackedFilters filters = KERNEL.packFilters(SHAPE, weights(4, 18));

    @Override
    void run(Images from, Images to, RunOptions options) {
        KERNEL.run(from, filters, to, options);
    }

    @Override
    void runPadded(Images from, Images to) {
        final Weights biased = weights(4, 18).withBias(1, 2, 3, 4);
        KERNEL.run(from, KERNEL.packFilters(SHAPE.padding(1, 2, 3, 4), biased), to);
    }

    @Override
    MemorySegment packed() {
        return filters.groups().getFirst().data();
    }

    @Test
    void filtersAreOfTheShape() {
        assertRefused(
                "filters: 4 x 17; expected outputChannels x values of a filter = 4 x 18",
                () -> KERNEL.packFilters(SHAPE, weights(4, 17)));
        assertRefused(
                "filters: 3 x 18; expected outputChannels x values of a filter = 4 x 18",
                () -> KERNEL.packFilters(SHAPE, weights(3, 18)));
        assertRefused(
                "filters: 4 x 18; expected outputChannels x values of a filter = 4 x 9",
                () -> KERNEL.packFilters(SHAPE.groups(2), weights(4, 18)));
        assertRefused(
                "groups: 1; expected 2 as in the shape", () -> new PackedFilters(SHAPE.groups(2), filters.groups(), 0));
        assertRefused(
                "groups: 4 x 18; expected filters x values = 4 x 12 as in the shape",
                () -> new PackedFilters(Conv2dShape.of(2, 4, 2, 3), filters.groups(), 0));
        assertRefused("paddingValue: 128; expected -128 to 127", () -> new PackedFilters(SHAPE, filters.groups(), 128));
    }

    @Test
    void packingAndBoundsAreThoseOfTheDeclaration() {
        final Conv2dKernel sums = ConvolvedKind.SUMS.kernel();
        assertRefused(
                "filters: packed as f32p4x1b; this kernel of target SCALAR reads qsi8cxp4x1bi32: pack the filters with it",
                () -> sums.run(Images.of(new byte[50], 1, 5, 5, 2), filters, Images.of(new int[36], 1, 3, 3, 4)));
        assertRefused(
                "clamp: this kernel is declared with clamp = false; declare it with clamp = true to bound results",
                () -> sums.run(
                        Images.of(new byte[50], 1, 5, 5, 2),
                        filters,
                        Images.of(new int[36], 1, 3, 3, 4),
                        RunOptions.DEFAULT.clamp(0, 1)));
    }

    @Test
    void filtersAreAlive() {
        final Arena closed = Arena.ofShared();
        final PackedFilters gone = KERNEL.packFilters(SHAPE, weights(4, 18), PackOptions.in(closed));
        closed.close();
        assertRefused("filters: its arena is closed; expected memory that is alive", () -> KERNEL.run(src, gone, dst));
    }

    @Test
    void imagesOfNoRowsAreImages() {
        final PackedFilters same =
                KERNEL.packFilters(SHAPE.samePadding(), weights(4, 18).withBias(1, 2, 3, 4));
        KERNEL.run(Images.of(new float[0], 3, 0, 5, 2), same, Images.of(new float[0], 3, 0, 5, 4));
    }

    /** A declared interface that is serializable. */
    private interface SerializableConv extends Conv2dKernel, Serializable {}

    private static final class Stored extends DrivenConv2d implements SerializableConv {
        private static final long serialVersionUID = 1;

        Stored() {
            super(ConvolvedKind.FLOATS.lineup(), true);
        }
    }

    @Test
    void kernelsAreNotSerialized() {
        assertThrows(NotSerializableException.class, () -> new ObjectOutputStream(new ByteArrayOutputStream())
                .writeObject(new Stored()));
        assertEquals(List.of(1, 2, 3), KERNEL.family().mrs());
    }
}
