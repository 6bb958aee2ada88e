package dev.tilesmith.sample.ocr;

import java.util.Locale;

/**
 * A line that was read.
 *
 * @param text what it says
 * @param confidence the mean probability of its characters
 * @param box where it is
 */
record TextLine(String text, double confidence, Box box) {
    /** Where its middle is, how sure it is, and what it says. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%4.0f,%4.0f  %3.0f %%  %s",
                box.centre().x(),
                box.centre().y(),
                100 * confidence,
                text);
    }
}
