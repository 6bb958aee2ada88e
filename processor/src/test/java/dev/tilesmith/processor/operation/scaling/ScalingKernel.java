package dev.tilesmith.processor.operation.scaling;

/** What interfaces extend that are declared to scale. */
public interface ScalingKernel {
    /** A value times the kernel's number. */
    int of(int value);
}
