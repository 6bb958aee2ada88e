package dev.tilesmith.conformance;

/** int4 with a static left operand, to int8: every variant that runs here against the reference. */
final class StaticInt4ConformanceTest extends KernelConformance {
    StaticInt4ConformanceTest() {
        super(Formats.STATIC_INT4);
    }
}
