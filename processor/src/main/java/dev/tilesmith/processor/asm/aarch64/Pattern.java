package dev.tilesmith.processor.asm.aarch64;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;

/** What one operand of a form may be, and which fields then hold what. */
sealed interface Pattern permits Pattern.Plain, Pattern.Address {
    /** What fields hold for this operand, or empty if it cannot stand here. */
    Optional<List<Setting>> settings(Operand operand);

    /** The operands accepted, in words. */
    String describe();

    /** The operand as assemblers read it here. */
    default String text(Operand operand) {
        return operand.text();
    }

    /** All but addresses. */
    sealed interface Plain extends Pattern {}

    private static Optional<List<Setting>> settings(Value value, long given) {
        return value.contains(given) ? Optional.of(List.of(value.setting(given))) : Optional.empty();
    }

    private static Optional<List<Setting>> both(Optional<List<Setting>> one, Optional<List<Setting>> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return Optional.empty();
        }
        final List<Setting> settings = new ArrayList<>(one.get());
        settings.addAll(other.get());
        return Optional.of(settings);
    }

    private static String range(Shape shape, Value index) {
        final String first = shape.text((int) index.min());
        return index.min() == index.max()
                ? first
                : first + " to " + shape.text((int) index.max())
                        + (index.scale() > 1 ? " in steps of " + index.scale() : "");
    }

    /**
     * A general register.
     *
     * @param bits its width
     * @param stack whether 31 means the stack pointer
     * @param index its number
     */
    record General(int bits, boolean stack, Value index) implements Plain {
        @Override
        public Optional<List<Setting>> settings(Operand operand) {
            return operand instanceof Gpr gpr && gpr.bits() == bits && (gpr.index() < 31 || gpr.stack() == stack)
                    ? Pattern.settings(index, gpr.index())
                    : Optional.empty();
        }

        @Override
        public String describe() {
            final Gpr least = new Gpr((int) index.min(), bits, false);
            if (index.max() < 31) {
                return least + " to " + new Gpr((int) index.max(), bits, false);
            }
            return least + " to " + new Gpr(30, bits, false) + " or " + new Gpr(31, bits, stack);
        }
    }

    /**
     * Another register.
     *
     * @param shape its kind
     * @param index its number
     */
    record Numbered(Shape shape, Value index) implements Plain {
        @Override
        public Optional<List<Setting>> settings(Operand operand) {
            return operand instanceof Register register
                            && !(register instanceof Gpr)
                            && register.shape().equals(shape)
                    ? Pattern.settings(index, register.index())
                    : Optional.empty();
        }

        @Override
        public String describe() {
            return range(shape, index);
        }
    }

    /**
     * An element of a register.
     *
     * @param shape kind of the register
     * @param index its number
     * @param lane number of the element
     */
    record Lane(Shape shape, Value index, Value lane) implements Plain {
        @Override
        public Optional<List<Setting>> settings(Operand operand) {
            return operand instanceof Element element && element.of().shape().equals(shape)
                    ? both(Pattern.settings(index, element.of().index()), Pattern.settings(lane, element.lane()))
                    : Optional.empty();
        }

        @Override
        public String describe() {
            return "element " + lane.describe() + " of " + range(shape, index);
        }
    }

    /**
     * Several registers.
     *
     * @param shape their kind
     * @param first number of the first
     * @param count how many
     * @param stride from one to the next
     * @param lane the element of each, or empty
     */
    record Listed(Shape shape, Value first, int count, int stride, Optional<Value> lane) implements Plain {
        @Override
        public Optional<List<Setting>> settings(Operand operand) {
            if (!(operand instanceof RegisterList list)
                    || !list.first().shape().equals(shape)
                    || list.count() != count
                    || (count > 1 && list.stride() != stride)
                    || list.lane().isPresent() != lane.isPresent()) {
                return Optional.empty();
            }
            return both(
                    Pattern.settings(first, list.first().index()),
                    lane.map(value -> Pattern.settings(value, list.lane().getAsInt()))
                            .orElse(Optional.of(List.of())));
        }

        @Override
        public String describe() {
            return "list of " + count + (stride == 1 ? "" : ", " + stride + " apart") + ", the first "
                    + range(shape, first)
                    + lane.map(l -> ", element " + l.describe()).orElse("");
        }
    }

    /**
     * Rows or columns of a tile.
     *
     * @param size of its elements
     * @param tile its number
     * @param vertical whether columns
     * @param select number of the register that says which
     * @param offset added to it
     * @param count how many
     * @param braces whether it is written as a list
     */
    record Slices(ElementSize size, Value tile, boolean vertical, Value select, Value offset, int count, boolean braces)
            implements Plain {
        @Override
        public Optional<List<Setting>> settings(Operand operand) {
            return operand instanceof TileSlice slice
                            && slice.tile().size() == size
                            && slice.vertical() == vertical
                            && slice.count() == count
                            && slice.select().bits() == 32
                    ? both(
                            Pattern.settings(tile, slice.tile().index()),
                            both(
                                    Pattern.settings(select, slice.select().index()),
                                    Pattern.settings(offset, slice.offset())))
                    : Optional.empty();
        }

        @Override
        public String text(Operand operand) {
            return braces ? "{" + operand.text() + "}" : operand.text();
        }

        @Override
        public String describe() {
            return count + (vertical ? " columns" : " rows") + " of tile "
                    + range(new Shape("za", "." + size.text()), tile) + " at "
                    + range(new Shape("w", ""), select) + " plus " + offset.describe();
        }
    }

    /**
     * Vectors of ZA.
     *
     * @param size of their elements, or empty
     * @param select number of the register that says which
     * @param offset added to it
     * @param count how many, one after another
     * @param groups how many of these, evenly spaced; 1 where there are no groups
     */
    record Vectors(Optional<ElementSize> size, Value select, Value offset, int count, int groups) implements Plain {
        @Override
        public Optional<List<Setting>> settings(Operand operand) {
            return operand instanceof ZaVectors za
                            && za.size().equals(size)
                            && za.count() == count
                            && za.groups() == groups
                            && za.select().bits() == 32
                    ? both(Pattern.settings(select, za.select().index()), Pattern.settings(offset, za.offset()))
                    : Optional.empty();
        }

        @Override
        public String describe() {
            return "za" + size.map(s -> "." + s.text()).orElse("") + " at " + range(new Shape("w", ""), select)
                    + " plus " + offset.describe() + ", " + count + " vectors of " + groups + " groups";
        }
    }

    /**
     * Tiles to be zeroed.
     *
     * @param mask a bit for each 64-bit tile
     */
    record Tiles(Value mask) implements Plain {
        @Override
        public Optional<List<Setting>> settings(Operand operand) {
            return operand instanceof TileGroup group ? Pattern.settings(mask, group.mask()) : Optional.empty();
        }

        @Override
        public String describe() {
            return "list of tiles of ZA";
        }
    }

    /**
     * A constant.
     *
     * @param value what it may be
     */
    record Constant(Value value) implements Plain {
        @Override
        public Optional<List<Setting>> settings(Operand operand) {
            return operand instanceof Imm imm ? Pattern.settings(value, imm.value()) : Optional.empty();
        }

        @Override
        public String describe() {
            return "constant " + value.describe();
        }
    }

    /**
     * A constant of a logical instruction.
     *
     * @param bits width of the value
     * @param field its 13 bits, or 12 without N
     */
    record Bitmask(int bits, Field field) implements Plain {
        @Override
        public Optional<List<Setting>> settings(Operand operand) {
            final OptionalLong code =
                    operand instanceof Imm imm ? Bitmasks.encode(imm.value(), bits) : OptionalLong.empty();
            return code.isPresent() && field.admits(code.getAsLong())
                    ? Optional.of(List.of(new Setting(field, code.getAsLong())))
                    : Optional.empty();
        }

        @Override
        public String describe() {
            return "constant whose " + bits + " bits are one run of ones, rotated, or repeat such a run";
        }
    }

    /**
     * A shift to the left as a bitfield move says it.
     *
     * @param bits width of the register
     * @param immr the rotation, minus the shift
     * @param imms the last bit kept, the width less one less the shift
     */
    record LeftShift(int bits, Field immr, Field imms) implements Plain {
        @Override
        public Optional<List<Setting>> settings(Operand operand) {
            return operand instanceof Imm(long shift) && shift >= 0 && shift < bits
                    ? Optional.of(List.of(new Setting(immr, -shift & (bits - 1)), new Setting(imms, bits - 1 - shift)))
                    : Optional.empty();
        }

        @Override
        public String describe() {
            return "constant 0 to " + (bits - 1);
        }
    }

    /**
     * A constant of eight bytes, each 0 or 255.
     *
     * @param field a bit for each
     */
    record ByteMask(Field field) implements Plain {
        @Override
        public Optional<List<Setting>> settings(Operand operand) {
            if (!(operand instanceof Imm(long value))) {
                return Optional.empty();
            }
            long code = 0;
            for (int i = 0; i < 8; i++) {
                code |= (value >>> (8 * i) & 1) << i;
            }
            return value == expand(code) ? Optional.of(List.of(new Setting(field, code))) : Optional.empty();
        }

        static long expand(long code) {
            long value = 0;
            for (int i = 0; i < 8; i++) {
                value |= (((code >> i) & 1) * 0xFFL) << (8 * i);
            }
            return value;
        }

        @Override
        public String describe() {
            return "constant of bytes 0 or 255";
        }
    }

    /**
     * A floating-point constant of eight bits: sign, three of the exponent, four of the fraction (Arm ARM, VFPExpandImm).
     *
     * @param field the bits
     */
    record SmallFloat(Field field) implements Plain {
        @Override
        public Optional<List<Setting>> settings(Operand operand) {
            if (operand instanceof FloatImm(double value)) {
                for (int code = 0; code < 256; code++) {
                    if (expand(code) == value) {
                        return Optional.of(List.of(new Setting(field, code)));
                    }
                }
            }
            return Optional.empty();
        }

        static double expand(long code) {
            final double fraction = 1 + (code & 15) / 16.0;
            final int exponent = (int) ((code >> 4 & 7) ^ 4) - 3;
            return Math.scalb(code < 128 ? fraction : -fraction, exponent);
        }

        @Override
        public String describe() {
            return "±(16 to 31)/16 times a power of two from 1/8 to 16";
        }
    }

    /** The constant 0.0. */
    record ZeroFloat() implements Plain {
        @Override
        public Optional<List<Setting>> settings(Operand operand) {
            return operand instanceof FloatImm(double value) && Double.doubleToRawLongBits(value) == 0
                    ? Optional.of(List.of())
                    : Optional.empty();
        }

        @Override
        public String describe() {
            return "constant 0.0";
        }
    }

    /**
     * A modifier of the operand before.
     *
     * @param kind which
     * @param amount by how much
     */
    record Modified(Modifier.Kind kind, Value amount) implements Plain {
        @Override
        public Optional<List<Setting>> settings(Operand operand) {
            return operand instanceof Modifier modifier && modifier.kind() == kind
                    ? Pattern.settings(amount, modifier.amount())
                    : Optional.empty();
        }

        @Override
        public String describe() {
            return kind.text() + " " + amount.describe();
        }
    }

    /**
     * A place in the code.
     *
     * @param distance from the instruction, in bytes
     */
    record Place(Value distance) implements Plain {
        @Override
        public Optional<List<Setting>> settings(Operand operand) {
            return operand instanceof Label ? Optional.of(List.of()) : Optional.empty();
        }

        @Override
        public String describe() {
            return "label";
        }
    }

    /** Operands that have a name and a code. */
    enum Names {
        CONDITION("condition", Condition.values(), c -> ((Condition) c).code()),
        /** Written as its contrary. */
        CONTRARY("condition", Condition.values(), c -> ((Condition) c).code() ^ 1),
        COUNT("count of elements", Count.values(), c -> ((Count) c).code()),
        PREFETCH("prefetch", Prefetch.values(), p -> ((Prefetch) p).code()),
        READABLE("system register", SystemRegister.values(), r -> ((SystemRegister) r).code()),
        WRITABLE(
                "system register that can be written",
                Stream.of(SystemRegister.values())
                        .filter(SystemRegister::writable)
                        .toArray(Operand[]::new),
                r -> ((SystemRegister) r).code());

        private final String description;

        private final List<Operand> all;

        private final Function<Operand, Integer> code;

        Names(String description, Operand[] all, Function<Operand, Integer> code) {
            this.description = description;
            this.all = List.of(all);
            this.code = code;
        }

        List<Operand> all() {
            return all;
        }

        int code(Operand operand) {
            return code.apply(operand);
        }
    }

    /**
     * An operand with a name and a code.
     *
     * @param names which there are
     * @param field holds the code
     */
    record Coded(Names names, Field field) implements Plain {
        @Override
        public Optional<List<Setting>> settings(Operand operand) {
            return names.all.contains(operand)
                    ? Optional.of(List.of(new Setting(field, names.code(operand))))
                    : Optional.empty();
        }

        @Override
        public String describe() {
            return names.description;
        }
    }

    /**
     * A word.
     *
     * @param word which
     */
    record Named(Word word) implements Plain {
        @Override
        public Optional<List<Setting>> settings(Operand operand) {
            return operand == word ? Optional.of(List.of()) : Optional.empty();
        }

        @Override
        public String describe() {
            return word.text();
        }
    }

    /** How an address has its distance. */
    enum Distance {
        OFFSET("[base, #distance]"),
        VECTORS("[base, #distance, mul vl]"),
        BEFORE("[base, #distance]!"),
        AFTER("[base], #distance");

        private final String form;

        Distance(String form) {
            this.form = form;
        }
    }

    /** An address; its base is x0 to x30 or sp. */
    sealed interface Address extends Pattern {}

    /**
     * An address at a constant distance.
     *
     * @param base number of the base
     * @param kind of distance
     * @param distance in bytes or vectors
     */
    record Away(Value base, Distance kind, Value distance) implements Address {
        @Override
        public Optional<List<Setting>> settings(Operand operand) {
            return operand instanceof Mem mem
                    ? distanceOf(mem)
                            .flatMap(given ->
                                    both(Pattern.settings(base, mem.base().index()), Pattern.settings(distance, given)))
                    : Optional.empty();
        }

        private Optional<Long> distanceOf(Mem mem) {
            return switch (mem) {
                case Mem.Offset(Gpr _, long bytes)
                when kind == Distance.OFFSET || (isVectors() && bytes == 0) -> Optional.of(bytes);
                case Mem.Vectors(Gpr _, long vectors) when isVectors() -> Optional.of(vectors);
                case Mem.Before(Gpr _, long bytes) when kind == Distance.BEFORE -> Optional.of(bytes);
                case Mem.After(Gpr _, long bytes) when kind == Distance.AFTER -> Optional.of(bytes);
                default -> Optional.empty();
            };
        }

        private boolean isVectors() {
            return kind == Distance.VECTORS;
        }

        @Override
        public String describe() {
            return kind.form + " with a distance of " + distance.describe();
        }
    }

    /**
     * An address at a distance in a register.
     *
     * @param base number of the base
     * @param index the register
     * @param modifier how it is widened and shifted
     */
    record AwayBy(Value base, General index, Modifier modifier) implements Address {
        @Override
        public Optional<List<Setting>> settings(Operand operand) {
            return operand instanceof Mem.Indexed mem && mem.modifier().equals(modifier)
                    ? both(Pattern.settings(base, mem.base().index()), index.settings(mem.index()))
                    : Optional.empty();
        }

        @Override
        public String describe() {
            return "[base, " + index.describe() + ", " + modifier + "]";
        }
    }

    /**
     * An address from which the base moves by a register.
     *
     * @param base number of the base
     * @param step the register
     */
    record ThenBy(Value base, General step) implements Address {
        @Override
        public Optional<List<Setting>> settings(Operand operand) {
            return operand instanceof Mem.AfterBy mem
                    ? both(Pattern.settings(base, mem.base().index()), step.settings(mem.step()))
                    : Optional.empty();
        }

        @Override
        public String describe() {
            return "[base], " + step.describe();
        }
    }
}
