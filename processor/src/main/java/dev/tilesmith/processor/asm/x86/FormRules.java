package dev.tilesmith.processor.asm.x86;

/**
 * What a line of the opcode table must keep to so that {@link Encoder} writes all that the line says. A line that follows
 * the grammar may say what no bytes are written for: a register for ModRM.reg where nothing asks for a ModRM byte. Such a
 * line is refused when it is read, for what came of it would run, and do something else.
 *
 * @param line the line, for messages
 * @param form what was read
 */
record FormRules(String line, Form form) {
    /**
     * The form, if it keeps to the rules.
     *
     * @throws IllegalArgumentException naming the rule that it breaks
     */
    Form checked() {
        for (int i = 0; i < form.operands().size(); i++) {
            operand(form.roles().charAt(i), form.operands().get(i));
        }
        roles();
        modRm();
        prefix();
        return form;
    }

    private void operand(char role, Pattern pattern) {
        final boolean fits =
                switch (pattern) {
                    case Pattern.Place place -> fits(role, place);
                    case Pattern.Constant constant -> role == (constant.bytes() > 0 ? 'I' : 'A');
                    case Pattern.Distance _ -> role == 'D';
                };
        require(fits, "role " + role + " for an operand that has no such place");
    }

    /** Memory is named by ModRM.rm alone; what is implied needs no choice of registers. */
    private static boolean fits(char role, Pattern.Place place) {
        if (!place.memory().equals(Pattern.MemorySize.NONE)) {
            return role == 'M';
        }
        return role == 'A' ? place.register().isOne() : "RMVOS".indexOf(role) >= 0;
    }

    private void roles() {
        for (final char role : "RMVOSID".toCharArray()) {
            require(form.roles().indexOf(role) == form.roles().lastIndexOf(role), "role " + role + " twice");
        }
        require(!(has('S') && has('I')), "a register and a constant in one immediate byte");
        require(!has('D') || form.operands().size() == 1, "a distance beside other operands");
        require(!has('V') || form.prefix() != Prefix.LEGACY, "vvvv, which a legacy prefix lacks");
        require(!has('S') || form.prefix() == Prefix.VEX, "a register in the immediate byte, which only VEX has");
    }

    /** A ModRM byte has both of its fields from somewhere, and none of them from two places. */
    private void modRm() {
        final boolean reg = has('R') || form.digit() >= 0;
        final boolean rm = has('M') || form.rm() >= 0;
        require(reg == rm, "only one field of ModRM");
        require(!(has('R') && form.digit() >= 0), "ModRM.reg fixed and an operand");
        require(!(has('M') && form.rm() >= 0), "ModRM.rm fixed and an operand");
        require(!(has('O') && rm), "a register in the opcode beside ModRM");
    }

    private void prefix() {
        require(form.map() > 0 || form.prefix() == Prefix.LEGACY, "the one-byte map, which no vector prefix reaches");
        require(form.length() != 512 || form.prefix() == Prefix.EVEX, "512 bits, which EVEX alone has");
        require(form.length() == 0 || form.prefix() != Prefix.LEGACY, "a vector length, which a legacy prefix lacks");
        final boolean evexOnly = form.rounding().isPresent()
                || form.operands().stream()
                        .anyMatch(pattern -> pattern instanceof Pattern.Place place
                                && (place.masking() != Pattern.Masking.NONE || place.broadcast() > 0));
        require(!evexOnly || form.prefix() == Prefix.EVEX, "a mask, repeated memory or rounding, which EVEX alone has");
        final boolean tiles = form.operands().stream()
                .anyMatch(pattern ->
                        pattern instanceof Pattern.Place place && place.register() == Pattern.RegisterClass.T);
        require(!tiles || (form.prefix() == Prefix.VEX && form.length() == 128), "tiles, which are VEX.128 alone");
    }

    private boolean has(char role) {
        return form.roles().indexOf(role) >= 0;
    }

    private void require(boolean kept, String broken) {
        if (!kept) {
            throw new IllegalArgumentException("form \"" + line + "\" has " + broken);
        }
    }
}
