package dev.tilesmith.sample.ocr;

import java.util.ArrayList;
import java.util.List;

/**
 * What the classes of the network stand for: nothing, at first, then characters, and a space at the end.
 *
 * @param characters of classes, from the second on
 */
record Keys(List<String> characters) {
    /** The class of no character, between two that are the same. */
    static final int BLANK = 0;

    /** Of a file with a character in each line. */
    static Keys of(List<String> lines) {
        final List<String> characters = new ArrayList<>(lines);
        characters.add(" ");
        return new Keys(List.copyOf(characters));
    }

    /** How many classes. */
    int classes() {
        return characters.size() + 1;
    }

    /** The character of a class. */
    String character(int number) {
        return characters.get(number - 1);
    }
}
