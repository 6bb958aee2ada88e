package dev.tilesmith.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SweptShapeTest {
    @ParameterizedTest
    @ValueSource(strings = {"1x1x1", "8x1024x4096", "999999x1x7", "1x4096x4096-cold", "16384x16384x1"})
    void readsBackFromItsText(String text) {
        assertEquals(text, SweptShape.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "8",
                "8x8",
                "0x8x8",
                "8x8x8x8",
                "8x8x8-warm",
                "8x8x8-cold ",
                "-1x8x8",
                "1000000x1x1",
                "08x8x8",
                "16384x16385x1"
            })
    void whatIsNoShapeIsNamed(String text) {
        final String message = assertThrows(IllegalArgumentException.class, () -> SweptShape.parse(text))
                .getMessage();
        assertTrue(message.startsWith("shape: "), message);
    }
}
