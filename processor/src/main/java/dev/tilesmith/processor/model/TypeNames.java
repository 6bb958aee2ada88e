package dev.tilesmith.processor.model;

/**
 * Simple names of what is generated for one declaration, all of it in the declaration's package.
 *
 * @param subject the element that carries the declaration
 */
public record TypeNames(Subject subject) {
    /** {@code LinearKernels}. */
    public String facade() {
        return subject.generatedPrefix() + "Kernels";
    }

    /** {@code Linear_Vector512}. */
    public String family(FamilyName family) {
        return subject.generatedPrefix() + "_" + family.inTypes();
    }

    /** {@code LinearSweep}. */
    public String sweep() {
        return subject.generatedPrefix() + "Sweep";
    }

    /** The class that implements the interface, local to a method of the facade: {@code Bound}. */
    public String bound() {
        return unlikeKernel("Bound");
    }

    /** Its superclass, local to the same method: {@code Driven}. */
    public String driven() {
        return unlikeKernel("Driven");
    }

    /** A local class hides what else has its name. */
    private String unlikeKernel(String name) {
        return subject.name().split("\\.", -1)[0].equals(name) ? name + "_" : name;
    }

    /** The qualified name of one of the types. */
    public String qualified(String name) {
        return subject.packageName().isEmpty() ? name : subject.packageName() + "." + name;
    }
}
