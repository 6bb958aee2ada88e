package dev.tilesmith.sweep.report;

import java.util.Locale;

/** Numbers as people read them. */
final class Figure {
    private static final int KIB = 1024;

    private Figure() {}

    /** A speed, to about a hundredth of it or better. */
    static String speed(double gops) {
        if (gops >= 9.995) {
            return format("%.1f", gops);
        }
        return format(gops >= 0.9995 ? "%.2f" : "%.3f", gops);
    }

    /** A time in nanoseconds, in the unit that suits it. */
    static String time(double nanos) {
        if (nanos < 1e3) {
            return format("%.1f ns", nanos);
        }
        if (nanos < 1e6) {
            return format("%.2f µs", nanos / 1e3);
        }
        return format("%.2f ms", nanos / 1e6);
    }

    /** How many times as much. */
    static String ratio(double ratio) {
        return format("%.2f", ratio);
    }

    /** A share of something. */
    static String percent(double share) {
        return format("%.1f %%", 100 * share);
    }

    /** Bytes, in KiB or MiB where they are many. */
    static String bytes(double bytes) {
        if (bytes < 10.0 * KIB) {
            return format("%.0f B", bytes);
        }
        return bytes < 10.0 * KIB * KIB ? format("%.0f KiB", bytes / KIB) : format("%.0f MiB", bytes / KIB / KIB);
    }

    /** A number at an axis, without zeros that say nothing. */
    static String tick(double value) {
        if (Math.abs(value) >= 1e5 || (value != 0 && Math.abs(value) < 1e-3)) {
            return format("%.0e", value);
        }
        final String text = format("%.3f", value);
        return text.replaceAll("\\.?0+$", "");
    }

    private static String format(String pattern, double value) {
        return String.format(Locale.ROOT, pattern, value);
    }
}
