package dev.tilesmith.processor.check;

import javax.tools.Diagnostic;

/** Messages about declarations of any operation, and of what goes wrong with them. */
public enum CommonMessage implements Message {
    /** The annotated type is a class, record, enum or annotation. */
    NOT_AN_INTERFACE("TS101", "@%s is on the %s %s; declare a kernel as: interface %s extends %s {}"),
    /** The annotated interface is not a kernel. */
    NOT_A_KERNEL("TS102", "%s does not extend %s; declare it as: interface %s extends %s {}"),
    /** The annotated interface has type parameters. */
    GENERIC("TS103", "%s has type parameters <%s>; a kernel has none: its formats are in the annotation"),
    /** The annotated interface has abstract methods that no generated class would implement. */
    OWN_METHODS(
            "TS104",
            "%s declares the abstract method %s, which no generated class would implement; make it default or static,"
                    + " or drop it"),
    /** Generated code cannot name the interface. */
    UNREACHABLE("TS105", "%s is private, or within a private type; the generated %sKernels must be able to name it"),
    /** Generated code may not implement the interface. */
    SEALED("TS106", "%s is sealed; the class that is generated for it could not implement it: drop sealed and permits"),
    /** The annotated interface inherits abstract methods from elsewhere. */
    INHERITED_METHODS(
            "TS107",
            "%s inherits the abstract method %s, which no generated class would implement; give it a default here, or"
                    + " do not extend its interface"),
    /** A supertype that neither the source nor another processor has. */
    UNRESOLVED_SUPERTYPE(
            "TS108",
            "%s extends %s, which is not known, nor has an annotation processor generated it; is an import missing?"),
    /** The source has a type of the name that a generated one would have. */
    NAME_TAKEN("TS109", "%s is to be generated for %s, and is already there; rename the one or the other"),
    /** A default method that the generated class has from its superclass. */
    HIDDEN_METHODS(
            "TS111",
            "%s has the default method %s, which would not be called: a class that is generated has its own; drop it,"
                    + " or give it another name"),
    /** A file of a generated class would have a name longer than file systems take. */
    NAME_TOO_LONG(
            "TS112",
            "the name of %s is too long by %d bytes: a file to be generated is %s, of %d bytes, and names of files"
                    + " have up to %d"),
    /** Sources are compiled for a release that has not what generated code, and the runtime, are made of. */
    RELEASE(
            "TS113",
            "%s is compiled for Java %d; its kernels, and dev.tilesmith.runtime, are for Java %d: compile with"
                    + " --release %d or later"),
    /** A fault of the processor itself. */
    INTERNAL(
            "TS901",
            "the processor failed on %s: %s. This is a fault of Tilesmith; please report it with the declaration"),
    /** The file system refuses a generated file. */
    NOT_WRITTEN("TS902", "what is generated for %s could not be written: %s");

    private final String code;
    private final String format;

    CommonMessage(String code, String format) {
        this.code = code;
        this.format = format;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public Diagnostic.Kind kind() {
        return Diagnostic.Kind.ERROR;
    }

    @Override
    public String format() {
        return format;
    }
}
