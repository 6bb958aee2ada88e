package dev.tilesmith.processor.program;

import dev.tilesmith.processor.program.Decoding.Order;
import dev.tilesmith.processor.program.Decoding.Stored;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a target multiplies: all that contractions of one kind of weights differ in from target to target.
 *
 * @param products what is multiplied at once, for each way of storing weights that there is code for
 * @param fast what is multiplied at once where an order of the target's own is admitted
 * @param order how values of which a byte holds several are multiplied
 */
public record Multiplication(Map<Stored, Product> products, Map<Stored, Product> fast, Order order) {
    /** Makes the maps immutable. */
    public Multiplication {
        products = Map.copyOf(products);
        fast = Map.copyOf(fast);
    }

    /** Of BF16 as it is, in an order of its own, and of nothing else. */
    public static Multiplication ofBf16(Product bf16) {
        return new Multiplication(Map.of(), Map.of(Stored.BF16, bf16), Order.PART_BY_PART);
    }

    /** Of bytes, and of what becomes bytes. */
    public static Multiplication ofBytes(Product bytes, Order order) {
        return ofBytes(bytes, bytes, order);
    }

    /**
     * Of bytes, and by another product of what becomes bytes.
     *
     * @param packed the product of weights of which a byte holds several
     */
    public static Multiplication ofBytes(Product bytes, Product packed, Order order) {
        final Map<Stored, Product> products =
                Map.of(Stored.INT8, bytes, Stored.NIBBLES, packed, Stored.TWO_BITS, packed);
        return new Multiplication(products, Map.of(), order);
    }

    /** The same, and of binary32 besides, and of what is widened to it. */
    public Multiplication andFloats(Product floats) {
        final Map<Stored, Product> all = new EnumMap<>(products);
        Stream.of(Stored.values()).filter(Stored::isFloat).forEach(stored -> all.put(stored, floats));
        return new Multiplication(all, fast, order);
    }

    /** The same, and of BF16 as it is, in an order of its own. */
    public Multiplication andBf16(Product bf16) {
        return new Multiplication(products, Map.of(Stored.BF16, bf16), order);
    }

    /** What is multiplied at once where weights are stored so; nothing if there is no code for them. */
    public Optional<Product> product(Stored stored) {
        return Optional.ofNullable(products.get(stored));
    }

    /** The same where an order of its own is admitted; nothing if it has no product that wants one. */
    public Optional<Product> fast(Stored stored) {
        return Optional.ofNullable(fast.get(stored));
    }
}
