package dev.tilesmith.conformance;

/** Depthwise convolutions: every family that runs here against the reference, by every number of taps that has a loop of its own. */
final class DepthwiseConformanceTest extends ConvolutionConformance {
    DepthwiseConformanceTest() {
        super(DepthwiseFormats.all(), DepthwiseProblems.all());
    }
}
