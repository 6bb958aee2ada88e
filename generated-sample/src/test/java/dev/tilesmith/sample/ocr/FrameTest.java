package dev.tilesmith.sample.ocr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameTest {
    private static final RgbImage IMAGE = image();

    @Test
    void theWholeImageIsItself() {
        final Box whole = new Box(new Point(4.5, 2.5), 10, 6, 0);
        assertArrayEquals(
                IMAGE.pixels(), whole.frame(10, 6).sample(IMAGE, 10, 6).pixels());
    }

    @Test
    void aQuarterTurnReadsColumnsDownwards() {
        final Box turned = new Box(new Point(4.5, 2.5), 6, 10, Math.PI / 2);
        final RgbImage sample = turned.frame(6, 10).sample(IMAGE, 6, 10);
        for (int row = 0; row < 10; row++) {
            for (int column = 0; column < 6; column++) {
                assertEquals(near(IMAGE.pixels()[column * 10 + 9 - row]), near(sample.pixels()[row * 6 + column]));
            }
        }
    }

    @Test
    void halfTheSizeIsTheMeanOfFour() {
        final RgbImage checked = new RgbImage(2, 2, new int[] {0x000000, 0xffffff, 0xffffff, 0x000000});
        assertEquals(0x808080, checked.scaled(1, 1).pixels()[0]);
    }

    /** The upper four bits of each channel: a turn is exact but for rounding. */
    private static int near(int colour) {
        return (colour + 0x080808) & 0xf0f0f0;
    }

    private static RgbImage image() {
        final Random random = new Random(1);
        final int[] pixels = new int[60];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextInt(0x1000) * 0x0001001 & 0x707070;
        }
        return new RgbImage(10, 6, pixels);
    }
}
