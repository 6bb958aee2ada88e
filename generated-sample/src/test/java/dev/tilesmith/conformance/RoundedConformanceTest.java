package dev.tilesmith.conformance;

import dev.tilesmith.runtime.Weights.Halves;
import dev.tilesmith.spec.Activation;
import java.util.List;
import java.util.stream.Stream;

/** Rows that are quantized as they come, and results of 16 bits: every variant that runs here against the reference. */
final class RoundedConformanceTest extends KernelConformance {
    private static final ActivatedFormat ACTIVATED =
            new ActivatedFormat(new Int8Format(false), Activation.SILU, List.of());

    RoundedConformanceTest() {
        super(Stream.concat(
                        Formats.ROUNDED.stream(),
                        Stream.of(new RoundedFormat(ACTIVATED, Halves.BF16, Int8ToBf16SiluKernelKernels.table())))
                .toList());
    }
}
