package dev.tilesmith.processor.lower;

import dev.tilesmith.processor.program.Beginning;
import dev.tilesmith.processor.program.BlockEnd;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Decoding;
import dev.tilesmith.processor.program.Element;
import dev.tilesmith.processor.program.Product;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A contraction that differs from a given one in a component.
 *
 * @param what differs
 * @param contraction makes it; an exception where there can be none
 */
record ContractionChange(String what, Supplier<Contraction> contraction) {
    /** All changes of a contraction. */
    static List<ContractionChange> of(Contraction contraction) {
        final Changes changes = new Changes(contraction);
        changes.addAll();
        return changes.all;
    }

    /** Values beside one. */
    static <T> Stream<T> others(T[] values, T value) {
        return Stream.of(values).filter(other -> !other.equals(value));
    }

    /** Collects changes. */
    private static final class Changes {
        private final Contraction it;
        private final Decoding rhs;
        private final List<ContractionChange> all = new ArrayList<>();

        Changes(Contraction contraction) {
            this.it = contraction;
            this.rhs = contraction.rhs();
        }

        private void add(String what, Supplier<Contraction> contraction) {
            all.add(new ContractionChange(what, contraction));
        }

        private void addAll() {
            others(Element.values(), it.lhs())
                    .forEach(lhs ->
                            add("lhs " + lhs, () -> new Contraction(lhs, rhs, it.product(), it.beginning(), it.end())));
            others(Decoding.Stored.values(), rhs.stored())
                    .forEach(stored -> decoding(
                            "stored " + stored, () -> new Decoding(stored, rhs.element(), rhs.addend(), rhs.order())));
            others(Element.values(), rhs.element())
                    .forEach(element -> decoding(
                            "element " + element,
                            () -> new Decoding(rhs.stored(), element, rhs.addend(), rhs.order())));
            others(Decoding.Addend.values(), rhs.addend())
                    .forEach(addend -> decoding(
                            "addend " + addend, () -> new Decoding(rhs.stored(), rhs.element(), addend, rhs.order())));
            others(Decoding.Order.values(), rhs.order())
                    .forEach(order -> decoding(
                            "order " + order, () -> new Decoding(rhs.stored(), rhs.element(), rhs.addend(), order)));
            others(Product.values(), it.product())
                    .forEach(product -> add(
                            "product " + product,
                            () -> new Contraction(it.lhs(), rhs, product, it.beginning(), it.end())));
            others(Beginning.values(), it.beginning())
                    .forEach(beginning -> add(
                            "beginning " + beginning,
                            () -> new Contraction(it.lhs(), rhs, it.product(), beginning, it.end())));
            ends().filter(end -> !end.equals(it.end()))
                    .forEach(end ->
                            add("end " + end, () -> new Contraction(it.lhs(), rhs, it.product(), it.beginning(), end)));
            exchanged();
        }

        /** Both sides signed otherwise, which is two components at once. */
        private void exchanged() {
            for (final Decoding.Addend addend : Decoding.Addend.values()) {
                if (rhs.element() != it.lhs()) {
                    add(
                            "sides exchanged " + addend,
                            () -> new Contraction(
                                    rhs.element(),
                                    new Decoding(rhs.stored(), it.lhs(), addend, rhs.order()),
                                    it.product(),
                                    it.beginning(),
                                    it.end()));
                }
            }
        }

        private static Stream<BlockEnd> ends() {
            return Stream.concat(
                    Stream.of(new BlockEnd.None()),
                    Stream.of(BlockEnd.Scale.values())
                            .flatMap(scale -> Stream.of(
                                    new BlockEnd.OfWeights(scale),
                                    new BlockEnd.OfBoth(scale, false),
                                    new BlockEnd.OfBoth(scale, true))));
        }

        private void decoding(String what, Supplier<Decoding> decoding) {
            add(what, () -> new Contraction(it.lhs(), decoding.get(), it.product(), it.beginning(), it.end()));
        }
    }
}
