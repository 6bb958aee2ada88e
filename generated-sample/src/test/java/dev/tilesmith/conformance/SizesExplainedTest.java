package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.runtime.DepthwiseConv2dKernel;
import dev.tilesmith.spec.Target;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What kernels say of the code that convolutions of a size go by. */
final class SizesExplainedTest {
    private static final String GENERAL = "the general path";

    static Stream<DepthwiseConv2dKernel> depthwise() {
        return Stream.of(
                        DepthwiseStaticInt8KernelKernels.table().usable(),
                        DepthwiseF32KernelKernels.table().usable())
                .flatMap(List::stream);
    }

    private static boolean isMachineCode(DepthwiseConv2dKernel kernel) {
        return kernel.family().target() == Target.AVX512_VNNI;
    }

    private static void assertGeneral(boolean general, DepthwiseConv2dKernel kernel, Conv2dShape shape) {
        final String explained = kernel.explain(shape);
        assertEquals(general, explained.contains(": " + GENERAL), explained);
        assertTrue(explained.contains(" on " + kernel.family().target() + ": "), explained);
    }

    @ParameterizedTest
    @MethodSource("depthwise")
    void usualSizesHaveCodeOfTheirOwnInMachineCode(DepthwiseConv2dKernel kernel) {
        for (final int size : new int[] {3, 5, 7}) {
            final Conv2dShape shape = Conv2dShape.depthwise(8, size, size);
            assertGeneral(!isMachineCode(kernel), kernel, shape);
            assertGeneral(!isMachineCode(kernel), kernel, shape.stride(2, 2).samePadding());
        }
    }

    @ParameterizedTest
    @MethodSource("depthwise")
    void allOtherSizesGoByTheGeneralPath(DepthwiseConv2dKernel kernel) {
        for (final int size : new int[] {1, 2, 4, 6, 9, 11}) {
            assertGeneral(true, kernel, Conv2dShape.depthwise(8, size, size));
        }
    }

    @Test
    void convolutionsOfOnePixelAreProductsAndOthersGatherPatches() {
        final Conv2dShape pointwise = Conv2dShape.of(8, 16, 1, 1);
        final Conv2dShape full = Conv2dShape.of(8, 16, 3, 3);
        assertTrue(Conv2dF32KernelKernels.best().explain(pointwise).contains("pixels where they lie"));
        assertTrue(Conv2dF32KernelKernels.best().explain(full).contains(GENERAL));
        assertTrue(Conv2dF32KernelKernels.best().explain(pointwise.stride(2, 2)).contains(GENERAL));
    }
}
