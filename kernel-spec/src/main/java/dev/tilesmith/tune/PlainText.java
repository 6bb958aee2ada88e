package dev.tilesmith.tune;

/** Text of printable ASCII on one line, its words one space apart: what a profile is made of. */
final class PlainText {
    private static final int LONGEST_QUOTED = 80;

    private PlainText() {}

    /** Whether a character is one of printable ASCII, or the space. */
    static boolean isPlain(int character) {
        return character >= ' ' && character <= '~';
    }

    /**
     * Text as it is.
     *
     * @param name whose it is
     * @param most characters that it may have
     * @throws IllegalArgumentException if it is not plain, or longer
     */
    static String check(String name, String text, int most) {
        if (text.length() > most || !text.equals(of(text, most))) {
            throw new IllegalArgumentException(name + ": " + quoted(text) + "; expected at most " + most
                    + " characters of printable ASCII, and one space between words");
        }
        return text;
    }

    /** What comes nearest to any text: spaces made one, other characters made question marks, the rest cut off. */
    static String of(String text, int most) {
        final StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length() && plain.length() < most; i++) {
            final char character = text.charAt(i);
            if (!Character.isWhitespace(character)) {
                plain.append(isPlain(character) ? character : '?');
            } else if (!plain.isEmpty() && plain.charAt(plain.length() - 1) != ' ') {
                plain.append(' ');
            }
        }
        return plain.toString().strip();
    }

    /** Any text, in messages. */
    static String quoted(String text) {
        final String plain = of(text, LONGEST_QUOTED);
        return "'" + plain + (plain.length() == LONGEST_QUOTED ? "..." : "") + "'";
    }
}
