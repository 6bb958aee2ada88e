package dev.tilesmith.sweep.report.markup;

/**
 * Words. Whatever is in them stays words: no character of them is read as markup.
 *
 * @param words as they are to be read
 */
public record Text(String words) implements Node {
    /** Stands for characters that XML has no way to write. */
    private static final int REPLACEMENT = 0xFFFD;

    @Override
    public void writeTo(StringBuilder out) {
        words.codePoints().forEach(character -> write(character, out));
    }

    private static void write(int character, StringBuilder out) {
        switch (character) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '"' -> out.append("&quot;");
            case '\t', '\n', ' ' -> out.append((char) character);
            default -> out.appendCodePoint(isWritable(character) ? character : REPLACEMENT);
        }
    }

    private static boolean isWritable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.SURROGATE, Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
