package dev.tilesmith.conformance;

/** int8 with a dynamic left operand: every variant that runs here against the reference. */
final class Int8ConformanceTest extends KernelConformance {
    Int8ConformanceTest() {
        super(Formats.INT8);
    }
}
