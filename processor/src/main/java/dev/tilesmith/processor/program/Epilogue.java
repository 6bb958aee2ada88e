package dev.tilesmith.processor.program;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What becomes of the results of a contraction: passes over the rows of a tile. Every lowering does each operation, in an
 * order in which none comes before those whose results it reads.
 *
 * @param parts what a panel has for each column after the values, in the order in which it has it
 * @param passes what is done
 */
public record Epilogue(List<ColumnPart> parts, List<Pass> passes) {
    /** Makes the lists immutable, and refuses what reads registers that are not written, or writes one twice. */
    public Epilogue {
        parts = List.copyOf(parts);
        passes = List.copyOf(passes);
        final List<Op> ops =
                passes.stream().flatMap(pass -> pass.ops().stream()).toList();
        if (!ops.stream()
                .map(op -> op instanceof Op.Load(Register _, ColumnPart part) ? part : null)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet())
                .equals(new HashSet<>(parts))) {
            throw new IllegalArgumentException("parts: " + parts + " are not what is loaded: " + ops);
        }
        requireOrder(ops);
    }

    private static void requireOrder(List<Op> ops) {
        final Set<Register> written = new HashSet<>();
        for (final Op op : ops) {
            for (final Register read : op.reads()) {
                if (!written.contains(read) && !isResult(read)) {
                    throw new IllegalArgumentException("register " + read + " is read before it is written: " + op);
                }
            }
            op.writes().ifPresent(to -> {
                if (isResult(to) || !written.add(to)) {
                    throw new IllegalArgumentException("register " + to + " is written twice: " + op);
                }
            });
        }
    }

    /** Whether a register is what the contraction leaves. */
    private static boolean isResult(Register register) {
        return register.role() == Role.SUM || register.role() == Role.TOTAL;
    }

    /** All operations. */
    public List<Op> ops() {
        return passes.stream().flatMap(pass -> pass.ops().stream()).toList();
    }

    /** Whether it reads what rows have besides their values. */
    public boolean readsRows() {
        return ops().stream().anyMatch(Op.LoadOfRow.class::isInstance);
    }

    /** What is the same for all columns of a row, then what belongs to one vector of columns after the other. */
    public List<Op> vectorByVector() {
        return vectorByVector(ops());
    }

    /** The same of what is done for each row alone. */
    public List<Op> rowsVectorByVector() {
        return vectorByVector(
                passes.stream().flatMap(pass -> pass.row().stream()).toList());
    }

    private static List<Op> vectorByVector(List<Op> ops) {
        return ops.stream().sorted(Comparator.comparingInt(Epilogue::vector)).toList();
    }

    private static int vector(Op op) {
        return op.writes().orElseGet(() -> op.reads().getFirst()).vector();
    }

    /** The operations of the curve that is applied to the results of a vector of columns. */
    public List<Op.Computing> curve(int vector) {
        return passes.stream()
                .flatMap(pass -> pass.row().stream())
                .filter(Op.Computing.class::isInstance)
                .map(Op.Computing.class::cast)
                .filter(op -> op.to().role() == Role.CURVED && op.to().vector() == vector)
                .toList();
    }

    /** Whether results are what the contraction leaves, unless a call asks for bounds. */
    public boolean isBare() {
        return passes.stream().allMatch(pass -> switch (pass.kind()) {
            case COMPUTE -> false;
            case BOUND, STORE -> true;
        });
    }

    /** Bytes of a result. */
    public int dstBytes() {
        return ops().stream()
                .mapToInt(op -> switch (op) {
                    case Op.StoreBytes _ -> Byte.BYTES;
                    case Op.Store _ -> Integer.BYTES;
                    case Op.Computing _, Op.Bounding _ -> 0;
                })
                .max()
                .orElse(0);
    }

    /** As text, for listings and tests. */
    public String print() {
        return "a panel's columns: "
                + parts.stream()
                        .map(part -> part.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "))
                + "\n" + passes.stream().map(Epilogue::print).collect(Collectors.joining());
    }

    private static String print(Pass pass) {
        return (pass.once().isEmpty() ? "" : "once:\n" + lines(pass.once()))
                + (pass.kind() == Pass.Kind.BOUND ? "for each row, if there are bounds:\n" : "for each row:\n")
                + lines(pass.row());
    }

    private static String lines(List<? extends Op> ops) {
        return ops.stream().map(op -> "  " + op + "\n").collect(Collectors.joining());
    }
}
