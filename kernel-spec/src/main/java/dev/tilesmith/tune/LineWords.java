package dev.tilesmith.tune;

import java.util.Set;
import java.util.regex.Pattern;

/** The words of a line of a profile, one after the other. Words are one space apart. */
final class LineWords {
    private static final Pattern NUMBER = Pattern.compile("0|[1-9]\\d{0,17}");

    private final String line;
    private int at;

    LineWords(String line) {
        this.line = line;
    }

    /** Whether no word is left. */
    boolean isAtEnd() {
        return at > line.length();
    }

    /**
     * The next word.
     *
     * @param what what it should be
     * @throws IllegalArgumentException if there is none
     */
    String next(String what) {
        final String rest = rest(what);
        final int space = rest.indexOf(' ');
        if (space < 0) {
            return rest;
        }
        at -= rest.length() - space;
        return rest.substring(0, space);
    }

    /**
     * All that is left, at least one word.
     *
     * @param what what it should be
     * @throws IllegalArgumentException if there is nothing
     */
    String rest(String what) {
        if (isAtEnd() || at == line.length() || line.charAt(at) == ' ') {
            throw new IllegalArgumentException(
                    "after " + PlainText.quoted(line.substring(0, Math.min(at, line.length()))) + " expected " + what
                            + ", one space apart");
        }
        final String rest = line.substring(at);
        at = line.length() + 1;
        return rest;
    }

    /**
     * Goes past a word.
     *
     * @throws IllegalArgumentException if the next is another, or none
     */
    void expect(String word) {
        expect(Set.of(word), "'" + word + "'");
    }

    /**
     * Goes past one of some words, and says which it was.
     *
     * @throws IllegalArgumentException if the next is another, or none
     */
    String expect(Set<String> words, String what) {
        final String found = next(what);
        if (!words.contains(found)) {
            throw new IllegalArgumentException(PlainText.quoted(found) + "; expected " + what);
        }
        return found;
    }

    /**
     * The next word, a whole number.
     *
     * @throws IllegalArgumentException if it is none, or out of range
     */
    long number(String what, long least, long most) {
        final String digits = next(what);
        final boolean isNumber = NUMBER.matcher(digits).matches();
        final long value = isNumber ? Long.parseLong(digits) : -1;
        if (!isNumber || value < least || value > most) {
            throw new IllegalArgumentException(
                    what + ": " + PlainText.quoted(digits) + "; expected " + least + " to " + most);
        }
        return value;
    }

    /**
     * Says that the line is read.
     *
     * @throws IllegalArgumentException if words are left
     */
    void end() {
        if (!isAtEnd()) {
            throw new IllegalArgumentException(PlainText.quoted(line.substring(at))
                    + "; expected the end of the line after " + PlainText.quoted(line.substring(0, at - 1)));
        }
    }
}
