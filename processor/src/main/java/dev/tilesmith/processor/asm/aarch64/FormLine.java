package dev.tilesmith.processor.asm.aarch64;

/**
 * A form as tabled, sets filled in.
 *
 * @param extension the table
 * @param text operands and diagram, as {@link FormParser} reads them
 */
record FormLine(Extension extension, String text) {
    /** Its first word, the instruction's name. */
    String mnemonic() {
        return text.substring(0, text.indexOf(' '));
    }
}
