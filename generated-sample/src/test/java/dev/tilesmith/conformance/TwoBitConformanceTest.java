package dev.tilesmith.conformance;

/** Weights of two bits: every variant that runs here against the reference. */
final class TwoBitConformanceTest extends KernelConformance {
    TwoBitConformanceTest() {
        super(Formats.TWO_BITS);
    }
}
