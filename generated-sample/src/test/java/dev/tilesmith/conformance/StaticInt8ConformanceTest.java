package dev.tilesmith.conformance;

/** int8 with a static left operand, to int8 and to sums: every variant that runs here against the reference. */
final class StaticInt8ConformanceTest extends KernelConformance {
    StaticInt8ConformanceTest() {
        super(Formats.STATIC_INT8);
    }
}
