package dev.tilesmith.processor.asm.aarch64;

import dev.tilesmith.processor.asm.CpuNeeds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One way to encode an instruction: a line of the tables. {@link FormParser} reads it.
 *
 * @param needs what a CPU must have for it
 * @param mnemonic the instruction's name, lower case
 * @param line operands and diagram, as tabled
 * @param operands what each operand may be
 * @param fixed the bits that no operand changes
 */
record Form(CpuNeeds needs, String mnemonic, String line, List<Pattern> operands, int fixed) {
    /**
     * Why operands do not fit.
     *
     * @param position of the first operand that does not, from 0
     * @param wanted what would
     */
    record Mismatch(int position, String wanted) {}

    /** The first operand that does not fit, or empty: the form can encode these. */
    Optional<Mismatch> mismatch(List<Operand> given) {
        final Map<Field, Long> codes = new HashMap<>();
        for (int i = 0; i < operands.size(); i++) {
            final Optional<List<Setting>> settings =
                    i < given.size() ? operands.get(i).settings(given.get(i)) : Optional.empty();
            if (settings.isEmpty()) {
                return Optional.of(new Mismatch(i, operands.get(i).describe()));
            }
            for (final Setting setting : settings.get()) {
                final Long before = codes.putIfAbsent(setting.field(), setting.code());
                if (before != null && before != setting.code()) {
                    return Optional.of(new Mismatch(
                            i,
                            "one whose " + setting.field().name() + " is " + before
                                    + ", as in the operand before that shares it"));
                }
            }
        }
        return given.size() > operands.size()
                ? Optional.of(new Mismatch(operands.size(), "nothing"))
                : unpredictable(given);
    }

    /**
     * The form with operands that it can encode.
     *
     * @param encoded the instruction
     */
    record Fit(Form form, Encoded encoded) {}

    /** What the form makes of these, if it can: {@link #mismatch} without its words, for there is much to assemble. */
    Optional<Fit> fit(List<Operand> given) {
        if (given.size() != operands.size()) {
            return Optional.empty();
        }
        int bits = fixed;
        int said = 0;
        for (int i = 0; i < operands.size(); i++) {
            final Optional<List<Setting>> settings = operands.get(i).settings(given.get(i));
            if (settings.isEmpty()) {
                return Optional.empty();
            }
            for (final Setting setting : settings.get()) {
                if (((bits ^ setting.bits()) & said & setting.mask()) != 0) {
                    return Optional.empty();
                }
                bits |= setting.bits();
                said |= setting.mask();
            }
        }
        return unpredictable(given).isPresent()
                ? Optional.empty()
                : Optional.of(new Fit(this, new Encoded(bits, fixup(given))));
    }

    /** Whether each operand can stand where it does, whatever the others are. */
    boolean fitsOneByOne(List<Operand> given) {
        if (given.size() != operands.size()) {
            return false;
        }
        for (int i = 0; i < operands.size(); i++) {
            if (operands.get(i).settings(given.get(i)).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** What Arm calls constrained unpredictable: a base that moves and is loaded or stored too, or one loaded twice. */
    private Optional<Mismatch> unpredictable(List<Operand> given) {
        if (mnemonic.startsWith("ld")
                && given.size() > 2
                && given.get(0) instanceof Register
                && given.get(0).equals(given.get(1))) {
            return Optional.of(new Mismatch(1, "a register other than the first"));
        }
        for (int i = 1; i < given.size(); i++) {
            if (given.get(i) instanceof Mem mem && mem.moves() && isAmong(mem.base(), given.subList(0, i))) {
                return Optional.of(new Mismatch(i, "an address whose base is not among the registers before it"));
            }
        }
        return Optional.empty();
    }

    private static boolean isAmong(Gpr base, List<Operand> registers) {
        return registers.stream()
                .anyMatch(register ->
                        register instanceof Gpr gpr && gpr.index() == base.index() && gpr.stack() == base.stack());
    }

    /** The distance that operands leave open, if any. */
    private Optional<Fixup> fixup(List<Operand> given) {
        for (int i = 0; i < operands.size(); i++) {
            if (operands.get(i) instanceof Pattern.Place(Value distance) && given.get(i) instanceof Label label) {
                return Optional.of(new Fixup(label, distance));
            }
        }
        return Optional.empty();
    }
}
