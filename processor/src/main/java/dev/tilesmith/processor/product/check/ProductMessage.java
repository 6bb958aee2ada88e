package dev.tilesmith.processor.product.check;

import dev.tilesmith.processor.check.Message;
import javax.tools.Diagnostic;

/** Messages about declarations whose kernels are products of matrices. */
public enum ProductMessage implements Message {
    /** Tiles on what is no declaration. */
    TILES_ASTRAY("TS110", "@Tiles is on %s, which has no %s for it to plan"),
    /** A sweep of what is no declaration. */
    SWEEP_ASTRAY("TS114", "@Sweep is on %s, which has no %s whose tiles it could be of"),
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
    /** An activation of results that are not f32. */
    ACTIVATION_OF_INTEGERS(
            "TS206",
            "activation = %s, but it is applied to results in f32, and those of %s are not; leave activation out"),
    /** Numerics that make no difference to the targets asked for. */
    FAST_WITHOUT_TARGETS(
            "TS207",
            Diagnostic.Kind.NOTE,
            "numerics = FAST changes nothing for %s, which compute %s reproducibly; targets that gain by it: %s"),
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
    /** A loop that the target's code does not have. */
    SCHEDULE_ABSENT("TS411", "%s has no loop with unroll = %d and prefetch = %s for %s; it has: %s"),
    /** Steps that no code takes at once. */
    UNROLL_OUT_OF_RANGE("TS412", "unroll = %d; a pass of a loop takes 1 to %d steps"),
    /** A sweep of a target that nothing is generated for. */
    SWEEP_OF_ABSENT_TARGET(
            "TS501", "@Sweep of %s, but the declaration is for %s; add the target there, or leave it out here"),
    /** Steps listed twice. */
    DUPLICATE_UNROLL("TS502", "unroll = %d is listed twice; drop one"),
    /** Steps none of which a swept target takes at once. */
    UNROLL_ABSENT("TS503", "unroll = %s, of which no swept target has code; they have: %s"),
    /** A shape that is none, or too large. */
    SHAPE_REFUSED("TS504", "%s"),
    /** A shape listed twice. */
    DUPLICATE_SHAPE("TS505", "shape '%s' is listed twice; drop one"),
    /** A shape that ends within a block. */
    SHAPE_WITHIN_BLOCK("TS506", "shape '%s' has k = %d, but %s has blocks of %d values; the nearest: %s"),
    /** An empty list. */
    NOTHING_SWEPT("TS507", "%s = {} leaves nothing to sweep; leave it out for %s"),
    /** No JMH class is generated. */
    NO_JMH_CLASS("TS508", Diagnostic.Kind.NOTE, "%s has its lattice, but no JMH class %s: %s");

    private final String code;
    private final Diagnostic.Kind kind;
    private final String format;

    ProductMessage(String code, String format) {
        this(code, Diagnostic.Kind.ERROR, format);
    }

    ProductMessage(String code, Diagnostic.Kind kind, String format) {
        this.code = code;
        this.kind = kind;
        this.format = format;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public Diagnostic.Kind kind() {
        return kind;
    }

    @Override
    public String format() {
        return format;
    }
}
