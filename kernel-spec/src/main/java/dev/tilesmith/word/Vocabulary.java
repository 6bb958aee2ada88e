package dev.tilesmith.word;

import java.util.List;
import java.util.function.Function;

/**
 * All words of a kind, and what each stands for.
 *
 * @param what the kind, for people: {@code knob}
 * @param all what there is, at least one
 * @param word the word for each
 * @param <T> what words stand for
 */
public record Vocabulary<T>(String what, List<T> all, Function<T, String> word) {
    /** Copies the list. */
    public Vocabulary {
        all = List.copyOf(all);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("all: none; expected at least one");
        }
    }

    /**
     * What a word stands for.
     *
     * @throws IllegalArgumentException if nothing: the message names the nearest, and all
     */
    public T meaning(String written) {
        return all.stream()
                .filter(known -> word.apply(known).equals(written))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(what + ": '" + written + "' is unknown; did you mean '"
                        + EditDistance.nearest(written, words(), nearest -> nearest) + "'? Expected one of "
                        + String.join(", ", words())));
    }

    private List<String> words() {
        return all.stream().map(word).toList();
    }
}
