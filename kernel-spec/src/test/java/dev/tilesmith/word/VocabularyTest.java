package dev.tilesmith.word;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class VocabularyTest {
    enum Fruit {
        APPLE,
        PEAR,
        PLUM;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Vocabulary<Fruit> FRUIT = new Vocabulary<>("fruit", List.of(Fruit.values()), Fruit::word);

    @ParameterizedTest
    @EnumSource
    void aWordMeansWhatItStandsFor(Fruit fruit) {
        assertEquals(fruit, FRUIT.meaning(fruit.word()));
    }

    @ParameterizedTest
    @CsvSource({"appel, apple", "pea, pear", "pears, pear", "plump, plum", "'', pear"})
    void anotherIsRefusedByTheNearestAndAll(String written, String meant) {
        final IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> FRUIT.meaning(written));
        assertEquals(
                "fruit: '" + written + "' is unknown; did you mean '" + meant + "'? Expected one of apple, pear, plum",
                refused.getMessage());
    }

    @Test
    void aVocabularyHasWords() {
        assertThrows(IllegalArgumentException.class, () -> new Vocabulary<>("fruit", List.<Fruit>of(), Fruit::word));
    }

    @ParameterizedTest
    @CsvSource({"kitten, sitting, 3", "'', abc, 3", "abc, '', 3", "zen4, zen4, 0", "ab, ba, 2"})
    void editDistances(String from, String to, int distance) {
        assertEquals(distance, EditDistance.between(from, to));
        assertEquals(distance, EditDistance.between(to, from));
    }
}
