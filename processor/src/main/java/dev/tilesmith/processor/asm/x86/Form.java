package dev.tilesmith.processor.asm.x86;

import dev.tilesmith.processor.asm.CpuNeeds;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One way to encode an instruction: a line of the opcode table of the SDM. {@link FormParser} reads it.
 *
 * @param prefix how it begins
 * @param ownFeature whether a CPU may have AVX2 and FMA and yet lack this VEX form
 * @param mandatoryPrefix code pp of the mandatory prefix: 0 none, 1 66, 2 F3, 3 F2
 * @param map opcode map: 0 one byte, 1 0F, 2 0F38, 3 0F3A
 * @param wide bit W
 * @param length vector width in bits where the operands do not decide it, else 0; 0 for scalars too
 * @param widths vector widths that the operands may have, where they decide it
 * @param opcode last byte of the opcode
 * @param digit fixed value of ModRM.reg, or -1
 * @param rm register that ModRM.rm names whatever the operands are, or -1
 * @param roles where each operand goes, the letters of the SDM: R ModRM.reg, M ModRM.rm, V vvvv, I immediate, O low
 *     bits of the opcode, S high half of the immediate, D distance, A implied
 * @param operands what each operand may be
 * @param needs what a CPU must have for it
 * @param needsAt256 what it must have where vectors have 256 bits
 * @param rounding {@code {sae}}, {@code {rn-sae}} for any rounding, or empty
 * @param roundingAfter index of the operand that a rounding is written after
 */
record Form(
        Prefix prefix,
        boolean ownFeature,
        int mandatoryPrefix,
        int map,
        boolean wide,
        int length,
        Set<Integer> widths,
        int opcode,
        int digit,
        int rm,
        String roles,
        List<Pattern> operands,
        CpuNeeds needs,
        CpuNeeds needsAt256,
        Optional<Rounding> rounding,
        int roundingAfter) {

    /**
     * Why operands do not fit.
     *
     * @param position of the first operand that does not, from 0
     * @param wanted what would
     */
    record Mismatch(int position, String wanted) {}

    /** Whether the form is a jump over a distance of one byte, which only the assembler can choose. */
    boolean isShortBranch() {
        return operands.size() == 1 && operands.getFirst() instanceof Pattern.Distance(int bytes) && bytes == 1;
    }

    /** Whether the form jumps to a label. */
    boolean isBranch() {
        return operands.size() == 1 && operands.getFirst() instanceof Pattern.Distance;
    }

    /** Width in bits of the instruction's vectors; 0 where it has none or the operands leave it open. */
    int vectorBits(List<Operand> given) {
        for (int i = 0; i < Math.min(given.size(), operands.size()); i++) {
            if (operands.get(i) instanceof Pattern.Place place
                    && place.register() == Pattern.RegisterClass.V
                    && unmasked(given.get(i)) instanceof Vec vec) {
                return vec.bits();
            }
        }
        return length;
    }

    /** Whether an assembler of this mode may use the form. */
    boolean isOffered(Mode mode) {
        return switch (mode) {
            case VEX -> prefix != Prefix.EVEX;
            case EVEX -> !ownFeature;
        };
    }

    /** What a CPU must have for the form with operands that fit. */
    CpuNeeds needs(List<Operand> given) {
        return vectorBits(given) == 256 ? needsAt256 : needs;
    }

    /** Whether the form can encode these: {@link #mismatch} without its words, for there is much to assemble. */
    boolean fits(List<Operand> given) {
        final boolean rounded = !given.isEmpty() && given.getLast() instanceof Rounding;
        final int plain = given.size() - (rounded ? 1 : 0);
        if (plain != operands.size()) {
            return false;
        }
        final int vectorBits = vectorBits(given);
        for (int i = 0; i < plain; i++) {
            final Pattern pattern = operands.get(i);
            if (!pattern.accepts(given.get(i), prefix, vectorBits)
                    || (isVector(pattern) && vectorBits != 0 && !widths.contains(vectorBits))) {
                return false;
            }
        }
        return repeatedTile(given) < 0 && (!rounded || mismatch(given).isEmpty());
    }

    /** The first operand that does not fit, or empty: the form can encode these. */
    Optional<Mismatch> mismatch(List<Operand> given) {
        final List<Operand> plain =
                given.stream().filter(o -> !(o instanceof Rounding)).toList();
        final int vectorBits = vectorBits(plain);
        for (int i = 0; i < operands.size(); i++) {
            final Pattern pattern = operands.get(i);
            if (i >= plain.size()) {
                return Optional.of(new Mismatch(i, pattern.describe(prefix, vectorBits)));
            }
            if (isVector(pattern) && vectorBits != 0 && !widths.contains(vectorBits)) {
                return Optional.of(new Mismatch(i, "vectors of " + widths + " bits"));
            }
            if (!pattern.accepts(plain.get(i), prefix, vectorBits)) {
                return Optional.of(new Mismatch(i, pattern.describe(prefix, vectorBits)));
            }
        }
        if (plain.size() > operands.size()) {
            return Optional.of(new Mismatch(operands.size(), "nothing"));
        }
        if (repeatedTile(plain) >= 0) {
            return Optional.of(new Mismatch(repeatedTile(plain), "another tile register than those before it"));
        }
        return roundingMismatch(given, plain, vectorBits);
    }

    private Optional<Mismatch> roundingMismatch(List<Operand> given, List<Operand> plain, int vectorBits) {
        if (given.size() == plain.size()) {
            return Optional.empty();
        }
        final int last = given.size() - 1;
        if (given.size() > plain.size() + 1 || !(given.getLast() instanceof Rounding asked)) {
            return Optional.of(new Mismatch(last, "one rounding, after the other operands"));
        }
        if (rounding.isEmpty() || (rounding.get() == Rounding.SAE) != (asked == Rounding.SAE)) {
            return Optional.of(new Mismatch(
                    last,
                    rounding.map(r -> r == Rounding.SAE ? "{sae}" : "{rn-sae}, {rd-sae}, {ru-sae} or {rz-sae}")
                            .orElse("no rounding")));
        }
        if (plain.stream().anyMatch(o -> unmasked(o) instanceof Mem)) {
            return Optional.of(new Mismatch(last, "no rounding with an operand in memory"));
        }
        return vectorBits == 0 || vectorBits == 512
                ? Optional.empty()
                : Optional.of(new Mismatch(last, "no rounding with vectors under 512 bits"));
    }

    /** Bytes that the operand at {@code position}, which is memory, reads or writes; negative for an address alone. */
    int memoryBytes(int position, Mem mem, int vectorBits) {
        final Pattern.Place place = (Pattern.Place) operands.get(position);
        return mem.broadcast() ? place.broadcast() : place.memory().bytes(vectorBits);
    }

    /** Whether the operand at {@code position}, which is memory, is rows of a tile. */
    boolean hasRows(int position) {
        return ((Pattern.Place) operands.get(position)).memory().equals(Pattern.MemorySize.ROWS);
    }

    /** How often the operand at {@code position} repeats its element. */
    int copies(int position, int vectorBits) {
        final Pattern.Place place = (Pattern.Place) operands.get(position);
        return place.memory().bytes(vectorBits) / place.broadcast();
    }

    static Operand unmasked(Operand operand) {
        return operand instanceof Masked masked ? masked.target() : operand;
    }

    /** Position of the first tile register that is named a second time, which is an exception when it runs; -1 if none is. */
    private static int repeatedTile(List<Operand> given) {
        for (int i = 1; i < given.size(); i++) {
            if (given.get(i) instanceof Tmm && given.indexOf(given.get(i)) < i) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isVector(Pattern pattern) {
        return pattern instanceof Pattern.Place place && place.register() == Pattern.RegisterClass.V;
    }
}
