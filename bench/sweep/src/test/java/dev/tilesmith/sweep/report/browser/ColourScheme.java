package dev.tilesmith.sweep.report.browser;

import java.util.Locale;

/** What colours a reader prefers. */
public enum ColourScheme {
    /** Dark on light. */
    LIGHT,
    /** Light on dark. */
    DARK;

    /** Its name in style sheets. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
