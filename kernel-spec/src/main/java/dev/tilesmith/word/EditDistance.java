package dev.tilesmith.word;

import java.util.Collection;
import java.util.Comparator;
import java.util.function.UnaryOperator;

/** How many letters apart two words are: insertions, deletions and replacements (Levenshtein 1966). */
public final class EditDistance {
    private EditDistance() {}

    /** How many letters {@code from} and {@code to} are apart. */
    public static int between(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            final int[] row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                final int replaced = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[to.length()];
    }

    /** The first of the words whose key is nearest to the key wanted. */
    public static String nearest(String wanted, Collection<String> words, UnaryOperator<String> key) {
        return words.stream()
                .min(Comparator.comparingInt(word -> between(wanted, key.apply(word))))
                .orElseThrow(() -> new IllegalArgumentException("words: none; expected at least one"));
    }
}
