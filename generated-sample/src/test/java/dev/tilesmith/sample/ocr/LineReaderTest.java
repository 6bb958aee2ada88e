package dev.tilesmith.sample.ocr;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineReaderTest {
    private static final RgbImage IMAGE = new RgbImage(96, 48, new int[96 * 48]);
    private static final Box BOX = new Box(new Point(47.5, 23.5), 96, 48, 0);

    /** Characters that go on from one place to the next are one, unless nothing is between them. */
    @ParameterizedTest
    @CsvSource({"aab, ab", "a-a, aa", "-a--bb-, ab", "a_b, 'a b'", "--, ''"})
    void theLikeliestAreTheText(String places, String text) throws Exception {
        final LineReader reader = new LineReader(_ -> output(places), Keys.of(List.of("a", "b")));
        assertEquals(text, reader.read(IMAGE, BOX).text());
    }

    private static Model.Output output(String places) {
        final String classes = "-ab_";
        final float[] values = new float[places.length() * classes.length()];
        for (int i = 0; i < places.length(); i++) {
            values[i * classes.length() + classes.indexOf(places.charAt(i))] = 0.9f;
        }
        return new Model.Output(places.length(), classes.length(), values);
    }
}
