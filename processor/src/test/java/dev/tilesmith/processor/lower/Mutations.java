package dev.tilesmith.processor.lower;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.processor.program.ColumnPart;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Epilogue;
import dev.tilesmith.processor.program.LaneType;
import dev.tilesmith.processor.program.Op;
import dev.tilesmith.processor.program.Pass;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.processor.program.Register;
import dev.tilesmith.processor.program.Role;
import dev.tilesmith.processor.program.RowPart;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Programs that mean something else than a given one by one change: an operation dropped, doubled, replaced or moved to
 * where it does not belong, a register or a part of a panel taken for another, a component of the contraction of another
 * value.
 */
final class Mutations {
    private final Program program;
    private final List<Mutation> all = new ArrayList<>();

    /**
     * One change.
     *
     * @param what was changed
     * @param program makes the program; an exception where there can be none
     */
    record Mutation(String what, Supplier<Program> program) {}

    /** One operation, and where it is. */
    private record Place(int pass, boolean once, int index) {}

    private Mutations(Program program) {
        this.program = program;
    }

    /** All changes of a program. */
    static List<Mutation> of(Program program) {
        final Mutations mutations = new Mutations(program);
        mutations.ofContraction();
        mutations.ofParts();
        mutations.ofPasses();
        mutations.places().forEach(mutations::ofOp);
        return mutations.all;
    }

    /**
     * What of the changes of a program is not seen in what is emitted of it: what changes nothing, and is not refused with a reason either.
     *
     * @param emit what is emitted of a program; an illegal argument or state where it refuses it
     */
    static List<String> ignored(Program program, Function<Program, String> emit) {
        final String emitted = emit.apply(program);
        return of(program).stream()
                .filter(mutation ->
                        emitted(mutation, emit).filter(emitted::equals).isPresent())
                .map(Mutation::what)
                .toList();
    }

    private static Optional<String> emitted(Mutation mutation, Function<Program, String> emit) {
        try {
            return Optional.of(emit.apply(mutation.program().get()));
        } catch (IllegalArgumentException | IllegalStateException refused) {
            assertTrue(refused.getMessage() != null && !refused.getMessage().isBlank(), "a refusal says why");
            return Optional.empty();
        }
    }

    private void ofContraction() {
        ContractionChange.of(program.contraction()).forEach(this::contraction);
    }

    /** The epilogue comes along: its results are those of the contraction. */
    private void contraction(ContractionChange change) {
        all.add(new Mutation(change.what(), () -> {
            final Contraction changed = change.contraction().get();
            return new Program(
                    program.shape(),
                    changed,
                    rewritten(register -> program.contraction()
                                    .result(Math.max(0, register.vector()))
                                    .equals(register)
                            ? changed.result(register.vector())
                            : register));
        }));
    }

    private void ofParts() {
        final List<ColumnPart> parts = program.epilogue().parts();
        for (int i = 0; i + 1 < parts.size(); i++) {
            final List<ColumnPart> swapped = new ArrayList<>(parts);
            Collections.swap(swapped, i, i + 1);
            add(
                    "parts " + swapped,
                    () -> new Epilogue(swapped, program.epilogue().passes()));
        }
    }

    private void ofPasses() {
        final List<Pass> passes = program.epilogue().passes();
        for (int i = 0; i + 1 < passes.size(); i++) {
            final List<Pass> swapped = new ArrayList<>(passes);
            Collections.swap(swapped, i, i + 1);
            add(
                    "pass " + i + " after the next",
                    () -> new Epilogue(program.epilogue().parts(), swapped));
            rewired(i, swapped);
        }
    }

    /** Two passes of one operation for each vector change places, each with what the other reads and writes. */
    private void rewired(int first, List<Pass> swapped) {
        final List<Pass> passes = program.epilogue().passes();
        final Pass a = passes.get(first);
        final Pass b = passes.get(first + 1);
        if (a.kind() != Pass.Kind.COMPUTE || b.kind() != Pass.Kind.BOUND) {
            return;
        }
        add("pass " + first + " on what the next makes", () -> {
            final List<Op> bounds = new ArrayList<>();
            final List<Op> others = new ArrayList<>(a.row());
            for (final Op op : b.row()) {
                final Register bounded = op.writes().orElseThrow();
                final Register sum = program.contraction().result(bounded.vector());
                bounds.add(OpChange.rewritten(
                        op, register -> register.equals(bounded) ? bounded : retyped(sum, register.type())));
                others.replaceAll(other ->
                        OpChange.withReads(other, read -> read.equals(sum) ? retyped(bounded, read.type()) : read));
            }
            final List<Pass> result = new ArrayList<>(swapped);
            result.set(first, new Pass(bounds));
            result.set(first + 1, new Pass(a.once(), others));
            return new Epilogue(program.epilogue().parts(), result);
        });
    }

    private static Register retyped(Register register, LaneType type) {
        return new Register(register.role(), register.step(), type, register.vector());
    }

    private List<Place> places() {
        final List<Place> places = new ArrayList<>();
        final List<Pass> passes = program.epilogue().passes();
        for (int pass = 0; pass < passes.size(); pass++) {
            for (int i = 0; i < passes.get(pass).once().size(); i++) {
                places.add(new Place(pass, true, i));
            }
            for (int i = 0; i < passes.get(pass).row().size(); i++) {
                places.add(new Place(pass, false, i));
            }
        }
        return places;
    }

    private Op at(Place place) {
        final Pass pass = program.epilogue().passes().get(place.pass());
        return place.once() ? pass.once().get(place.index()) : pass.row().get(place.index());
    }

    private void ofOp(Place place) {
        final Op op = at(place);
        dropped(place, op);
        swappedWithNext(place, op);
        OpChange.siblings(op).forEach(other -> replaced(place, op, other));
        for (final Register read : new LinkedHashSet<>(op.reads())) {
            mistakable(place, read)
                    .forEach(other -> replaced(
                            place,
                            op,
                            () -> OpChange.withReads(op, register -> register.equals(read) ? other : register)));
        }
        op.writes().ifPresent(to -> doubled(place, op, to));
    }

    /** Dropped, and what reads its result reads what it reads. */
    private void dropped(Place place, Op op) {
        add("without " + op, () -> edited(place, List.of(), UnaryOperator.identity()));
        op.writes().ifPresent(to -> {
            for (final Register read : op.reads()) {
                add(
                        "without " + op + ", but with " + read + " for it",
                        () -> edited(place, List.of(), register -> register.equals(to) ? read : register));
            }
        });
    }

    private void swappedWithNext(Place place, Op op) {
        final Pass pass = program.epilogue().passes().get(place.pass());
        if (place.once() || place.index() + 1 == pass.row().size()) {
            return;
        }
        final Op next = pass.row().get(place.index() + 1);
        if (op.writes().filter(next.reads()::contains).isEmpty()) {
            return;
        }
        add("swapped: " + op + "; " + next, () -> {
            final List<Op> row = new ArrayList<>(pass.row());
            Collections.swap(row, place.index(), place.index() + 1);
            return withPass(
                    place.pass(), new Pass(pass.once(), row), program.epilogue().parts());
        });
        exchanged(place, op, next);
    }

    /** The same with what both do exchanged: {@code x = f(a); y = g(x)} becomes {@code x = g(a); y = f(x)}. */
    private void exchanged(Place place, Op op, Op next) {
        if (op.reads().isEmpty() || next.writes().isEmpty()) {
            return;
        }
        final Register a = op.reads().getFirst();
        final Register x = op.writes().orElseThrow();
        final Register y = next.writes().orElseThrow();
        add("exchanged: " + op + "; " + next, () -> {
            final Pass pass = program.epilogue().passes().get(place.pass());
            final List<Op> row = new ArrayList<>(pass.row());
            final Register between = retyped(x, y.type());
            final Register last = retyped(y, x.type());
            row.set(place.index(), OpChange.renamed(next, x, a, y, between));
            row.set(place.index() + 1, OpChange.renamed(op, a, between, x, last));
            for (int i = place.index() + 2; i < row.size(); i++) {
                row.set(i, OpChange.withReads(row.get(i), register -> register.equals(y) ? last : register));
            }
            return withPass(
                    place.pass(), new Pass(pass.once(), row), program.epilogue().parts());
        });
    }

    private void replaced(Place place, Op op, Supplier<Op> other) {
        add(op + " replaced", () -> edited(place, List.of(other.get()), UnaryOperator.identity()));
    }

    /** A floating-point result times itself, before it is read. */
    private void doubled(Place place, Op op, Register to) {
        if (to.type() != LaneType.F32 || place.once() || Pass.Kind.of(op) != Pass.Kind.COMPUTE) {
            return;
        }
        final Register square = new Register(Role.ROUNDED, LaneType.F32, to.vector());
        add(
                "squared: " + to,
                () -> edited(
                        place,
                        List.of(op, new Op.Multiply(square, to, to)),
                        register -> register.equals(to) ? square : register));
    }

    /** What could be taken for a register: the same of another vector of columns, and what was written last of that type. */
    private Stream<Register> mistakable(Place place, Register read) {
        final List<Register> alike = writtenBefore(place).stream()
                .filter(other -> other.type() == read.type() && !other.equals(read))
                .toList();
        return Stream.concat(
                        alike.stream().filter(other -> other.role() == read.role()),
                        alike.reversed().stream().limit(1))
                .distinct();
    }

    private Set<Register> writtenBefore(Place place) {
        final Set<Register> written = new LinkedHashSet<>();
        for (int v = 0; v < program.vectors(); v++) {
            written.add(program.contraction().result(v));
        }
        for (final Place before : places()) {
            if (before.equals(place)) {
                break;
            }
            at(before).writes().ifPresent(written::add);
        }
        return written;
    }

    /** Puts operations in the place of one, and changes what all that come after read. */
    private Epilogue edited(Place place, List<Op> ops, UnaryOperator<Register> later) {
        final List<Pass> passes = new ArrayList<>();
        boolean after = false;
        for (int p = 0; p < program.epilogue().passes().size(); p++) {
            final Pass pass = program.epilogue().passes().get(p);
            final List<Op.Load> once = new ArrayList<>();
            final List<Op> row = new ArrayList<>();
            for (int i = 0; i < pass.once().size(); i++) {
                if (new Place(p, true, i).equals(place)) {
                    ops.forEach(op -> once.add((Op.Load) op));
                } else {
                    once.add(pass.once().get(i));
                }
            }
            for (int i = 0; i < pass.row().size(); i++) {
                if (new Place(p, false, i).equals(place)) {
                    row.addAll(ops);
                    after = true;
                } else {
                    row.add(
                            after
                                    ? OpChange.withReads(pass.row().get(i), later)
                                    : pass.row().get(i));
                }
            }
            if (!row.isEmpty()) {
                passes.add(new Pass(once, row));
            }
        }
        return new Epilogue(partsOf(passes), passes);
    }

    /** The parts that are still loaded, in their order, then others. */
    private List<ColumnPart> partsOf(List<Pass> passes) {
        final Set<ColumnPart> loaded = new LinkedHashSet<>();
        passes.forEach(pass -> pass.ops().forEach(op -> part(op).ifPresent(loaded::add)));
        final List<ColumnPart> parts = new ArrayList<>(program.epilogue().parts());
        parts.retainAll(loaded);
        loaded.stream().filter(part -> !parts.contains(part)).forEach(parts::add);
        return parts;
    }

    private static Optional<ColumnPart> part(Op op) {
        return op instanceof Op.Load(Register _, ColumnPart part) ? Optional.of(part) : Optional.empty();
    }

    private Epilogue withPass(int index, Pass pass, List<ColumnPart> parts) {
        final List<Pass> passes = new ArrayList<>(program.epilogue().passes());
        passes.set(index, pass);
        return new Epilogue(parts, passes);
    }

    private Epilogue rewritten(UnaryOperator<Register> register) {
        return new Epilogue(
                program.epilogue().parts(),
                program.epilogue().passes().stream()
                        .map(pass -> new Pass(
                                pass.once(),
                                pass.row().stream()
                                        .map(op -> OpChange.withReads(op, register))
                                        .toList()))
                        .toList());
    }

    private void add(String what, Supplier<Epilogue> epilogue) {
        all.add(new Mutation(what, () -> new Program(program.shape(), program.contraction(), epilogue.get())));
    }

    /** Parts of a row. */
    static Stream<RowPart> otherParts(RowPart part) {
        return ContractionChange.others(RowPart.values(), part);
    }

    /** Parts of columns. */
    static Stream<ColumnPart> otherParts(ColumnPart part) {
        return ContractionChange.others(ColumnPart.values(), part);
    }
}
