package dev.tilesmith.conformance;

/** Sums in orders of targets' own, of operands that have the same sum in any: every variant that runs here against the reference. */
final class FastConformanceTest extends KernelConformance {
    FastConformanceTest() {
        super(Formats.FAST);
    }
}
