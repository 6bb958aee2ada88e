package dev.tilesmith.processor.operation.scaling;

/** What classes extend that are generated for such interfaces. */
public abstract class DrivenScaling implements ScalingKernel {
    private final int by;

    /** A kernel that multiplies by a number. */
    protected DrivenScaling(int by) {
        this.by = by;
    }

    @Override
    public final int of(int value) {
        return value * by;
    }
}
