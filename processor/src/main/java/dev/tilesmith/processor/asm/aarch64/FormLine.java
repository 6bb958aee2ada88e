package dev.tilesmith.processor.asm.aarch64;

import dev.tilesmith.processor.asm.CpuNeeds;
import java.util.Map;

/**
 * A line of a table, for one row of its sets.
 *
 * @param needs what a CPU must have for it
 * @param line operands and diagram, with names of columns in angle brackets
 * @param cells what the row has in each column
 */
record FormLine(CpuNeeds needs, String line, Map<String, String> cells) {
    /** Its first word, the instruction's name. */
    String mnemonic() {
        return filled(line.substring(0, line.indexOf(' ')));
    }

    Form parsed() {
        return FormParser.parse(needs, filled(line));
    }

    private String filled(String text) {
        String filled = text;
        if (filled.indexOf('<') >= 0) {
            for (final Map.Entry<String, String> cell : cells.entrySet()) {
                filled = filled.replace("<" + cell.getKey() + ">", cell.getValue());
            }
        }
        return filled;
    }
}
