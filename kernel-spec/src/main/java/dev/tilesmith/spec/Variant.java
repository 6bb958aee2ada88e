package dev.tilesmith.spec;

import dev.tilesmith.spec.Schedule.Prefetch;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One micro-kernel: an mr × nr tile of one target.
 *
 * <p>Its name follows a grammar after KleidiAI's, {@code dst_lhs[p mr x kr]_rhs p nr x kr_mr x nr_target}: {@code
 * f32_f32_f32p32x1_14x32_avx512vnni}, {@code f32_qai8dxp14x4_qsi8cxp32x4_14x32_avx512vnni}. A left operand that is read
 * where it lies has no {@code p}. A loop that takes several steps along K has their number after the tile, as in {@code
 * f32_f32_f32p16x1_6x16x2_avx2}; one that does not fetch ahead ends with {@code _nofetch}.
 *
 * @param dst format of the result
 * @param lhs format of the left operand
 * @param rhs format of the right operand
 * @param mr rows of the tile
 * @param nr columns of the tile
 * @param kr values along K that lie together in packed operands
 * @param target instruction set
 * @param schedule how its loop goes along K
 */
public record Variant(Format dst, Format lhs, Format rhs, int mr, int nr, int kr, Target target, Schedule schedule) {
    private static final String NO_FETCH = "_nofetch";

    private static final Pattern NAME = Pattern.compile(
            "([a-z0-9]+)_([a-z0-9]+?)(?:p(\\d+)x(\\d+))?_([a-z0-9]+?)p(\\d+)x(\\d+)_(\\d+)x(\\d+)(?:x(\\d+))?_([a-z0-9]+?)(_nofetch)?");

    /** The variant's name. */
    public String name() {
        final String lhsPacking = isPacked(lhs) ? "p" + mr + "x" + kr : "";
        return dst.code() + "_" + lhs.code() + lhsPacking + "_" + rhs.code() + "p" + nr + "x" + kr + "_" + mr + "x" + nr
                + unrolled() + "_" + target.code() + prefetch();
    }

    /**
     * The variant of a name.
     *
     * @throws IllegalArgumentException if the name does not follow the grammar, or contradicts itself
     */
    public static Variant parse(String name) {
        final Matcher match = NAME.matcher(name);
        if (!match.matches()) {
            throw new IllegalArgumentException("variant: '" + name
                    + "' is not of the form dst_lhs[p<mr>x<kr>]_rhsp<nr>x<kr>_<mr>x<nr>[x<steps>]_target[_nofetch],"
                    + " for example f32_f32_f32p32x1_14x32_avx512vnni");
        }
        final Variant variant = new Variant(
                format(name, match.group(1)),
                format(name, match.group(2)),
                format(name, match.group(5)),
                number(name, match.group(8)),
                number(name, match.group(9)),
                number(name, match.group(7)),
                target(name, match.group(11)),
                schedule(name, match));
        if (!variant.name().equals(name)) {
            throw new IllegalArgumentException(
                    "variant: '" + name + "' contradicts itself; did you mean '" + variant.name() + "'?");
        }
        return variant;
    }

    private String unrolled() {
        return schedule.unroll() == 1 ? "" : "x" + schedule.unroll();
    }

    private String prefetch() {
        return switch (schedule.prefetch()) {
            case AHEAD -> "";
            case NONE -> NO_FETCH;
        };
    }

    private static Schedule schedule(String name, Matcher match) {
        final int unroll = match.group(10) == null ? 1 : number(name, match.group(10));
        if (!Schedule.isPlanned(unroll)) {
            throw new IllegalArgumentException("variant: '" + name + "' takes " + unroll
                    + " steps along K at a time; expected 1 to " + Schedule.MOST_UNROLLED);
        }
        return new Schedule(unroll, match.group(12) == null ? Prefetch.AHEAD : Prefetch.NONE);
    }

    /** Whether kernels multiply something else than the caller's rows of a format. */
    private static boolean isPacked(Format lhs) {
        return switch (lhs) {
            case QAI8DX, QSI8D32, QAI8 -> true;
            case F32, F16, BF16, I32, QSI8CX, QSI4CX, QSI4C32, QAI4C32, QSU2CX -> false;
        };
    }

    private static int number(String name, String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "variant: '" + name + "' has the number " + digits + "; no tile has more than " + Integer.MAX_VALUE,
                    e);
        }
    }

    private static Format format(String name, String code) {
        return Arrays.stream(Format.values())
                .filter(format -> format.code().equals(code))
                .findFirst()
                .orElseThrow(() -> unknown(name, "format", code, Arrays.toString(Format.values())));
    }

    private static Target target(String name, String code) {
        final Optional<Target> found = Arrays.stream(Target.values())
                .filter(target -> target.code().equals(code))
                .findFirst();
        return found.orElseThrow(() -> unknown(name, "target", code, Arrays.toString(Target.values())));
    }

    private static IllegalArgumentException unknown(String name, String what, String code, String known) {
        return new IllegalArgumentException("variant: '" + name + "' names the unknown " + what + " '" + code
                + "'; expected one of " + known.toLowerCase(Locale.ROOT).replace("_", ""));
    }

    @Override
    public String toString() {
        return name();
    }
}
