package dev.tilesmith.processor.asm.aarch64;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Collects instructions, labels, alignment and constants, and lays them out. Constants follow the code, each aligned,
 * equal ones once. The same calls give the same bytes. For one thread.
 */
public final class Assembler {
    private static final int CACHE_LINE = 64;

    private final List<Item> code = new ArrayList<>();
    private final Map<Item.Data, Label> constants = new LinkedHashMap<>();
    private final Map<Label, Item.Table> tables = new LinkedHashMap<>();
    private final Set<Label> bound = new HashSet<>();
    private int lastLabel;

    /** A label no other is equal to, its name beginning as given; {@link #bind} gives it its place. */
    public Label label(String prefix) {
        lastLabel++;
        return new Label(prefix + "_" + lastLabel);
    }

    /** Puts the label here. */
    public Assembler bind(Label label) {
        if (!bound.add(label)) {
            throw new IllegalArgumentException("label " + label + " has a place already; each label has one");
        }
        code.add(new Item.Bind(label));
        return this;
    }

    /**
     * Adds an instruction; operands in Arm's order.
     *
     * @throws IllegalArgumentException if no form takes the operands, naming the one at fault and what would be right
     */
    public Assembler emit(Op op, Operand... operands) {
        return add(new Instruction(op, List.of(operands), ""));
    }

    /** As {@link #emit}, with a comment for the listing. */
    public Assembler note(String comment, Op op, Operand... operands) {
        return add(new Instruction(op, List.of(operands), comment));
    }

    /** Adds an instruction made elsewhere. */
    public Assembler add(Instruction instruction) {
        code.add(new Item.Code(instruction));
        return this;
    }

    /** Sets a 64-bit register to a constant, in as few moves of 16 bits as can be; flags stay. */
    public Assembler set(Gpr register, long value) {
        final boolean ones = quarters(value, 0xFFFF) > quarters(value, 0);
        boolean started = false;
        for (int shift = 0; shift < Long.SIZE; shift += 16) {
            final long quarter = value >>> shift & 0xFFFF;
            if (quarter != (ones ? 0xFFFF : 0)) {
                final Op first = ones ? Op.MOVN : Op.MOVZ;
                final long said = ones && !started ? quarter ^ 0xFFFF : quarter;
                emit(started ? Op.MOVK : first, register, new Imm(said), Modifier.lsl(shift));
                started = true;
            }
        }
        return started ? this : emit(ones ? Op.MOVN : Op.MOVZ, register, new Imm(0));
    }

    /** How many of the four times 16 bits are {@code wanted}. */
    private static int quarters(long value, long wanted) {
        int count = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 16) {
            count += (value >>> shift & 0xFFFF) == wanted ? 1 : 0;
        }
        return count;
    }

    /** Adds a line of the listing that is no code. */
    public Assembler remark(String text) {
        code.add(new Item.Remark(text));
        return this;
    }

    /** Fills up with NOPs to a multiple of {@code bytes}, a power of two from 4 to 64. */
    public Assembler align(int bytes) {
        requirePowerOfTwo(bytes, Instruction.BYTES);
        code.add(new Item.Align(bytes, true));
        return this;
    }

    /** The place of constant bytes, aligned to {@code alignment}, a power of two to 64. */
    public Label constant(byte[] bytes, int alignment) {
        requirePowerOfTwo(alignment, 1);
        if (bytes.length == 0) {
            throw new IllegalArgumentException("constant has 0 bytes; it must have one or more");
        }
        return constants.computeIfAbsent(Item.Data.of(bytes, alignment), _ -> label("const"));
    }

    /** The place of constant 32-bit values, little-endian, aligned to {@code alignment}, a power of two to 64. */
    public Label constant(int[] values, int alignment) {
        final byte[] bytes = new byte[4 * values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (values[i / 4] >> (8 * (i % 4)));
        }
        return constant(bytes, alignment);
    }

    /** The place of constant f32 values, aligned to {@code alignment}, a power of two to 64. */
    public Label constant(float[] values, int alignment) {
        final int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        return constant(bits, alignment);
    }

    /**
     * The place of a table of labels: for each a signed 32-bit distance in bytes from the start of the table, so that
     * the code may lie anywhere. To jump: {@code adr} the table, {@code ldrsw} an entry, {@code add}, {@code br}.
     */
    public Label table(List<Label> targets) {
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("table has 0 labels; it must have one or more");
        }
        final Label label = label("table");
        tables.put(label, new Item.Table(label, List.copyOf(targets)));
        return label;
    }

    /**
     * Lays out what was added so far.
     *
     * @throws IllegalStateException if an instruction or table names a label that has no place
     */
    public MachineCode assemble() {
        final List<Item> items = new ArrayList<>(code);
        constants.forEach((data, label) -> {
            items.add(new Item.Align(data.alignment(), false));
            items.add(new Item.Bind(label));
            items.add(data);
        });
        tables.forEach((label, table) -> {
            items.add(new Item.Align(4, false));
            items.add(new Item.Bind(label));
            items.add(table);
        });
        return new Layout(items).machineCode();
    }

    private static void requirePowerOfTwo(int bytes, int least) {
        if (bytes < least || bytes > CACHE_LINE || Integer.bitCount(bytes) != 1) {
            throw new IllegalArgumentException(
                    "alignment is " + bytes + "; it must be a power of two from " + least + " to " + CACHE_LINE);
        }
    }
}
