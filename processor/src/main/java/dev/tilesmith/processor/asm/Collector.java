package dev.tilesmith.processor.asm;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Collects instructions, labels, alignment and constants, and lays them out. Constants follow the code, each aligned,
 * equal ones once. The same calls give the same bytes. For one thread.
 *
 * @param <L> the architecture's labels
 * @param <A> the architecture's assembler
 */
public abstract class Collector<L extends Place, A extends Collector<L, A>> {
    private static final int CACHE_LINE = 64;

    private final Syntax syntax;
    private final List<Item> code = new ArrayList<>();
    private final Map<Item.Data, L> constants = new LinkedHashMap<>();
    private final Map<L, Item.Table> tables = new LinkedHashMap<>();
    private final Set<L> bound = new HashSet<>();
    private int lastLabel;

    /** Collects code whose listing is in {@code syntax}. */
    protected Collector(Syntax syntax) {
        this.syntax = syntax;
    }

    /** This assembler. */
    protected abstract A self();

    /** A label of the architecture. */
    protected abstract L labelNamed(String name);

    /** A label no other is equal to, its name beginning as given; {@link #bind} gives it its place. */
    public final L label(String prefix) {
        lastLabel++;
        return labelNamed(prefix + "_" + lastLabel);
    }

    /** Puts the label here. */
    public final A bind(L label) {
        if (!bound.add(label)) {
            throw new IllegalArgumentException("label " + label + " has a place already; each label has one");
        }
        code.add(new Item.Bind(label));
        return self();
    }

    /** Adds an instruction made elsewhere. */
    protected final A addCode(Encodable instruction) {
        code.add(new Item.Code(instruction));
        return self();
    }

    /** Adds a line of the listing that is no code. */
    public final A remark(String text) {
        code.add(new Item.Remark(text));
        return self();
    }

    /** Lets a short listing name what follows, and no more, until {@link #list}: other code shows the like of it. */
    public final A nolist() {
        code.add(Item.Listed.IN_BRIEF);
        return self();
    }

    /** Lets a short listing show what follows, as it does at the beginning. */
    public final A list() {
        code.add(Item.Listed.IN_FULL);
        return self();
    }

    /**
     * Fills up with as few NOPs as there can be, to a multiple of {@code bytes}, a power of two to 64, and not below the
     * size of the shortest instruction.
     */
    public final A align(int bytes) {
        requirePowerOfTwo(bytes, syntax.instructionMultiple());
        code.add(new Item.Align(bytes, true));
        return self();
    }

    /** The place of constant bytes, aligned to {@code alignment}, a power of two to 64. */
    public final L constant(byte[] bytes, int alignment) {
        requirePowerOfTwo(alignment, 1);
        if (bytes.length == 0) {
            throw new IllegalArgumentException("constant has 0 bytes; it must have one or more");
        }
        return constants.computeIfAbsent(Item.Data.of(bytes, alignment), _ -> label("const"));
    }

    /** The place of constant 32-bit values, little-endian, aligned to {@code alignment}, a power of two to 64. */
    public final L constant(int[] values, int alignment) {
        final byte[] bytes = new byte[4 * values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (values[i / 4] >> (8 * (i % 4)));
        }
        return constant(bytes, alignment);
    }

    /** The place of constant f32 values, aligned to {@code alignment}, a power of two to 64. */
    public final L constant(float[] values, int alignment) {
        final int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        return constant(bits, alignment);
    }

    /**
     * The place of a table of labels: for each a signed 32-bit distance in bytes from the start of the table, so that
     * the code may lie anywhere. To jump: take the table's address, add an entry, and jump there.
     */
    public final L table(List<L> targets) {
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("table has 0 labels; it must have one or more");
        }
        final L label = label("table");
        tables.put(label, new Item.Table(label, List.copyOf(targets)));
        return label;
    }

    /**
     * Lays out what was added so far.
     *
     * @throws IllegalStateException if an instruction or table names a label that has no place, or one that is too far
     */
    public final MachineCode assemble() {
        final List<Item> items = new ArrayList<>(code);
        constants.forEach((data, label) -> {
            items.add(new Item.Align(data.alignment(), false));
            items.add(new Item.Bind(label));
            items.add(data);
        });
        tables.forEach((label, table) -> {
            items.add(new Item.Align(Integer.BYTES, false));
            items.add(new Item.Bind(label));
            items.add(table);
        });
        return new Layout(syntax, items).machineCode();
    }

    private static void requirePowerOfTwo(int bytes, int least) {
        if (bytes < least || bytes > CACHE_LINE || Integer.bitCount(bytes) != 1) {
            throw new IllegalArgumentException(
                    "alignment is " + bytes + "; it must be a power of two from " + least + " to " + CACHE_LINE);
        }
    }
}
