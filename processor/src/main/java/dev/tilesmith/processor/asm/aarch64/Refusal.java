package dev.tilesmith.processor.asm.aarch64;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Why an instruction cannot take some operands: told of the forms that get furthest before they meet one they cannot
 * take, or of those alone that could take each operand but not all together.
 *
 * @param mnemonic the instruction
 * @param forms ways to encode it
 * @param operands that it was given
 */
record Refusal(String mnemonic, List<Form> forms, List<Operand> operands) {
    String message() {
        final List<Form> close =
                forms.stream().filter(form -> form.fitsOneByOne(operands)).toList();
        final List<Form> told = close.isEmpty() ? forms : close;
        final int position = told.stream().mapToInt(this::reached).max().orElseThrow();
        final String wanted = told.stream()
                .filter(form -> reached(form) == position)
                .map(form -> form.mismatch(operands).orElseThrow().wanted())
                .distinct()
                .collect(Collectors.joining("; or "));
        return mnemonic + " " + operands.stream().map(Operand::text).collect(Collectors.joining(", "))
                + ": operand " + (position + 1) + " is "
                + (position < operands.size() ? operands.get(position).text() : "missing") + "; it must be " + wanted;
    }

    private int reached(Form form) {
        return form.mismatch(operands).orElseThrow().position();
    }
}
