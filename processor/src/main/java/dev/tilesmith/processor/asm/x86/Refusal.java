package dev.tilesmith.processor.asm.x86;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Why an instruction cannot take some operands: told of the forms that get furthest before they meet one they cannot
 * take.
 *
 * @param mnemonic the instruction
 * @param forms ways to encode it
 * @param mode of the assembler
 * @param operands that it was given
 */
record Refusal(String mnemonic, List<Form> forms, Mode mode, List<Operand> operands) {
    String message() {
        final List<Form> offered =
                forms.stream().filter(form -> form.isOffered(mode)).toList();
        final String given =
                mnemonic + " " + operands.stream().map(Operand::text).collect(Collectors.joining(", ")) + ": ";
        if (offered.isEmpty()) {
            return given + "the instruction is EVEX only; it needs an assembler of mode EVEX, this one is of mode "
                    + mode;
        }
        final String elsewhere = mode == Mode.VEX
                        && forms.stream().anyMatch(f -> f.mismatch(operands).isEmpty())
                ? " (mode EVEX would take it)"
                : "";
        final int position = offered.stream().mapToInt(this::reached).max().orElseThrow();
        final String wanted = offered.stream()
                .filter(form -> reached(form) == position)
                .map(form -> form.mismatch(operands).orElseThrow().wanted())
                .distinct()
                .collect(Collectors.joining("; or "));
        return given + "operand " + (position + 1) + " is "
                + (position < operands.size() ? operands.get(position).text() : "missing") + "; it must be " + wanted
                + elsewhere;
    }

    /** Forms offered here have a mismatch, but for short branches, which take what long ones take. */
    private int reached(Form form) {
        return form.mismatch(operands).map(Form.Mismatch::position).orElse(-1);
    }
}
