package dev.tilesmith.sweep.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The style sheets, which are resources beside this class. */
enum Style {
    /** Of charts, and the colours of all. */
    CHART("chart.css"),
    /** Of what is around them. */
    PAGE("page.css");

    private final String file;

    Style(String file) {
        this.file = file;
    }

    /** The sheet. */
    String text() {
        try (InputStream sheet = Style.class.getResourceAsStream(file)) {
            if (sheet == null) {
                throw new IllegalStateException("no " + file + " beside " + Style.class.getName());
            }
            return new String(sheet.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
