package dev.tilesmith.processor.check;

import javax.tools.Diagnostic;

/** Every message of the processor. The code is stable: docs/diagnostics.md explains it. */
public enum Message {
    /** The annotated type is a class, record, enum or annotation. */
    NOT_AN_INTERFACE("TS101", "@MatMul is on the %s %s; declare a kernel as: interface %s extends MatMulKernel {}"),
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
    /** Generated code may not implement the interface. */
    SEALED("TS106", "%s is sealed; the class that is generated for it could not implement it: drop sealed and permits"),
    /** The annotated interface inherits abstract methods from elsewhere. */
    INHERITED_METHODS(
            "TS107",
            "%s inherits the abstract method %s, which no generated class would implement; give it a default here, or do not extend its interface"),
    /** A supertype that neither the source nor another processor has. */
    UNRESOLVED_SUPERTYPE(
            "TS108",
            "%s extends %s, which is not known, nor has an annotation processor generated it; is an import missing?"),
    /** The source has a type of the name that a generated one would have. */
    NAME_TAKEN("TS109", "%s is to be generated for %s, and is already there; rename the one or the other"),
    /** Tiles without a kernel. */
    TILES_WITHOUT_MATMUL("TS110", "@Tiles is on %s, which has no @MatMul for it to plan"),
    /** A default method that the generated class has from its superclass. */
    HIDDEN_METHODS(
            "TS111",
            "%s has the default method %s, which would not be called: a class that is generated has its own; drop it, or give it another name"),
    /** A file of a generated class would have a name longer than file systems take. */
    NAME_TOO_LONG(
            "TS112",
            "the name of %s is too long by %d bytes: a file to be generated is %s, of %d bytes, and names of files have up to %d"),
    /** Sources are compiled for a release that has not what generated code, and the runtime, are made of. */
    RELEASE(
            "TS113",
            "%s is compiled for Java %d; its kernels, and dev.tilesmith.runtime, are for Java %d: compile with --release %d or later"),
    /** A format that cannot play that part. */
    FORMAT_IN_WRONG_ROLE("TS201", "%s = %s, which is for %s; it can be %s, and %s can be one of %s"),
    /** Formats that do not go together. */
    UNSUPPORTED_FORMATS("TS202", "no kernel for %s; did you mean %s? There are: %s"),
    /** Numerics that make no difference. */
    FAST_CHANGES_NOTHING(
            "TS203",
            Diagnostic.Kind.NOTE,
            "numerics = FAST changes nothing for %s: every target computes it reproducibly"),
    /** A format that scales of blocks cannot have. */
    SCALES_FORMAT("TS204", "scales = %s; the scales of blocks can be one of %s"),
    /** A format of scales for weights without blocks. */
    SCALES_WITHOUT_BLOCKS("TS205", "scales = %s, but %s has no blocks with scales of their own; leave scales out"),
    /** A target that has no code for the formats. */
    TARGET_WITHOUT_FORMATS("TS301", "target %s has no code for %s; targets that have: %s"),
    /** A target listed twice. */
    DUPLICATE_TARGET("TS302", "target %s is listed twice; drop one"),
    /** A target of the Vector API, asked for by name, where sources cannot use it. */
    VECTOR_API_MISSING("TS303", "code for %s is source that uses the Vector API, which is not there: %s"),
    /** Targets of the Vector API are left out where sources cannot use it. */
    VECTOR_API_LEFT_OUT(
            "TS304",
            Diagnostic.Kind.NOTE,
            "%s has no kernels for %s, for the Vector API is not there: %s; those for its other targets are generated"),
    /** Tiles for a target that nothing is generated for. */
    TILES_FOR_ABSENT_TARGET(
            "TS401", "@Tiles for %s, but the declaration is for %s; add the target there, or drop the tiles"),
    /** Two tile plans for one target. */
    DUPLICATE_TILES("TS402", "a second @Tiles for %s; a target has one nr and one list of rows: merge the two"),
    /** A tile without rows. */
    MR_NOT_POSITIVE("TS403", "mr = %d; a tile has 1 row or more"),
    /** A number of rows listed twice. */
    DUPLICATE_MR("TS404", "mr = %d is listed twice; drop one"),
    /** Columns that are no whole number of vectors. */
    NR_NOT_A_MULTIPLE("TS405", "nr = %d is not a multiple of the %d lanes of a %s register; the nearest: %s"),
    /** A negative number of columns. */
    NR_NEGATIVE("TS406", "nr = %d; expected a multiple of %d, or 0 for %s's best, %d"),
    /** A tile that would spill. */
    OVER_REGISTER_BUDGET("TS407", "%dx%d needs %d of %d %s registers; the largest mr for nr=%d is %d"),
    /** Columns so many that not even one row fits. */
    NR_OVER_REGISTER_BUDGET("TS408", "nr = %d needs %d of %d %s registers for a single row; the largest nr is %d"),
    /** A tile within the registers, but beyond what the target's code can address. */
    BEYOND_REACH("TS409", "%s = %d is more than the code for %s can address; the largest is %d"),
    /** Columns other than those that code for vectors of any length has. */
    NR_FIXED(
            "TS410",
            "nr = %d; the code for %s has panels of %d columns, whatever the length of its vectors: leave nr out"),
    /** A fault of the processor itself. */
    INTERNAL(
            "TS901",
            "the processor failed on %s: %s. This is a fault of Tilesmith; please report it with the declaration"),
    /** The file system refuses a generated file. */
    NOT_WRITTEN("TS902", "what is generated for %s could not be written: %s");

    private final String code;
    private final Diagnostic.Kind kind;
    private final String format;

    Message(String code, String format) {
        this(code, Diagnostic.Kind.ERROR, format);
    }

    Message(String code, Diagnostic.Kind kind, String format) {
        this.code = code;
        this.kind = kind;
        this.format = format;
    }

    /** The stable code. */
    public String code() {
        return code;
    }

    /** How javac treats it: a warning would break builds that take warnings for errors, so there is none. */
    public Diagnostic.Kind kind() {
        return kind;
    }

    /** The text, code first. */
    public String text(Object... arguments) {
        return "[" + code + "] " + format.formatted(arguments);
    }
}
