package dev.tilesmith.conformance;

/**
 * Convolutions: every family that runs here against the reference. The micro-kernels are those of products, each of which
 * {@link KernelConformance} holds to its own.
 */
final class Conv2dConformanceTest extends ConvolutionConformance {
    Conv2dConformanceTest() {
        super(Conv2dFormat.all(), Conv2dProblem.all());
    }
}
