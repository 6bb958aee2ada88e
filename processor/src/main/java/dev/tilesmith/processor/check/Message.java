package dev.tilesmith.processor.check;

import javax.tools.Diagnostic;

/** Every message of the processor. The code is stable: search for it in docs/diagnostics.md. */
public enum Message {
    /** The annotated type is a class, record, enum or annotation. */
    NOT_AN_INTERFACE("TS101", "@MatMul is on the %s %s; expected an interface that extends MatMulKernel"),
    /** The annotated interface is not a kernel. */
    NOT_A_KERNEL("TS102", "%s does not extend MatMulKernel; declare it as: interface %s extends MatMulKernel {}"),
    /** The annotated interface has type parameters. */
    GENERIC("TS103", "%s has type parameters <%s>; a kernel has none: its formats are in the annotation"),
    /** The annotated interface has abstract methods that no generated class would implement. */
    OWN_METHODS(
            "TS104",
            "%s declares the abstract method %s, which no generated class would implement; make it default or static, or drop it"),
    /** Generated code cannot name the interface. */
    UNREACHABLE("TS105", "%s is private, or within a private type; the generated %sKernels must be able to name it"),
    /** Tiles without a kernel. */
    TILES_WITHOUT_MATMUL("TS106", "@Tiles is on %s, which has no @MatMul for it to plan"),
    /** A format that cannot play that part. */
    FORMAT_IN_WRONG_ROLE("TS201", "%s = %s: %s; as %s it may be one of %s"),
    /** Formats that do not go together. */
    UNSUPPORTED_FORMATS("TS202", "no kernel for %s; did you mean %s? There are: %s"),
    /** A target that has no code for the formats. */
    TARGET_WITHOUT_FORMATS("TS301", "target %s has no code for %s; targets that have: %s"),
    /** A target listed twice. */
    DUPLICATE_TARGET("TS302", "target %s is listed twice"),
    /** Tiles for a target that nothing is generated for. */
    TILES_FOR_ABSENT_TARGET(
            "TS401", "@Tiles for %s, but the declaration is for %s; add the target there, or drop the tiles"),
    /** Two tile plans for one target. */
    DUPLICATE_TILES("TS402", "a second @Tiles for %s; put all its rows into one: mr = {%s}"),
    /** A tile without rows. */
    MR_NOT_POSITIVE("TS403", "mr = %d; a tile has 1 row or more"),
    /** A number of rows listed twice. */
    DUPLICATE_MR("TS404", "mr = %d is listed twice"),
    /** Columns that are no whole number of vectors. */
    NR_NOT_A_MULTIPLE("TS405", "nr = %d is not a multiple of the %d lanes of a %s register; did you mean %d?"),
    /** A tile that would spill. */
    OVER_REGISTER_BUDGET("TS406", "%dx%d needs %d of %d %s registers; the largest mr for nr=%d is %d"),
    /** Columns so many that not even one row fits. */
    NR_OVER_REGISTER_BUDGET("TS407", "nr = %d needs %d of %d %s registers for a single row; the largest nr is %d"),
    /** A fault of the processor itself. */
    INTERNAL(
            "TS901",
            "the processor failed on %s: %s. This is a fault of Tilesmith; please report it with the declaration");

    private final String code;
    private final String format;

    Message(String code, String format) {
        this.code = code;
        this.format = format;
    }

    /** The stable code. */
    public String code() {
        return code;
    }

    /** How javac treats it. */
    public Diagnostic.Kind kind() {
        return Diagnostic.Kind.ERROR;
    }

    /** The text, code first. */
    public String text(Object... arguments) {
        return "[" + code + "] " + format.formatted(arguments);
    }
}
