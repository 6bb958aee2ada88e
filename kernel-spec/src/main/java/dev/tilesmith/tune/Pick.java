package dev.tilesmith.tune;

import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Variant;
import java.util.Optional;
import java.util.Set;

/**
 * What is best for a class of shapes, of the variants that have its formats.
 *
 * @param shape the class
 * @param variant the tallest tile, with those shorter ones of its family that rows are made up of
 * @param gops how fast it was: multiplications and additions in a nanosecond, rounded to four digits
 * @param next the best of another packing or target, and how fast; nothing if there was none
 */
public record Pick(ShapeClass shape, Variant variant, double gops, Optional<Next> next) {
    /**
     * Checks that the parts agree.
     *
     * @throws IllegalArgumentException if a number is out of range, or the next is the same variant, has other formats or is
     *     faster
     */
    public Pick {
        requireTile("variant", variant);
        gops = Gops.rounded("gops", gops);
        if (next.isPresent()) {
            requireBeaten(variant, gops, next.get());
        }
    }

    /**
     * What comes after the best.
     *
     * @param variant which
     * @param gops how fast, rounded to four digits
     */
    public record Next(Variant variant, double gops) {
        /**
         * Checks the numbers.
         *
         * @throws IllegalArgumentException if one is out of range
         */
        public Next {
            requireTile("variant", variant);
            gops = Gops.rounded("gops", gops);
        }
    }

    /**
     * What a pick answers.
     *
     * @param dst format of the result
     * @param lhs format of the left operand
     * @param rhs format of the right operand
     * @param shape the class
     */
    record Question(Format dst, Format lhs, Format rhs, ShapeClass shape) {
        @Override
        public String toString() {
            return shape + " of " + dst.code() + "_" + lhs.code() + "_" + rhs.code();
        }
    }

    Question question() {
        return new Question(variant.dst(), variant.lhs(), variant.rhs(), shape);
    }

    /** Names have any numbers; tiles of nothing are none. */
    private static void requireTile(String name, Variant variant) {
        if (variant.mr() < 1 || variant.nr() < 1 || variant.kr() < 1) {
            throw new IllegalArgumentException(
                    name + ": '" + variant + "'; expected a tile of 1 row, column and value along K or more");
        }
    }

    private static void requireBeaten(Variant best, double gops, Next next) {
        final Variant variant = next.variant();
        if (variant.equals(best)
                || variant.dst() != best.dst()
                || variant.lhs() != best.lhs()
                || variant.rhs() != best.rhs()) {
            throw new IllegalArgumentException(
                    "next: '" + variant + "'; expected another variant with the formats of '" + best + "'");
        }
        if (next.gops() > gops) {
            throw new IllegalArgumentException("next: " + Gops.plain(next.gops()) + " gops; expected no more than "
                    + Gops.plain(gops) + ", which what is best has");
        }
    }

    /** Its line of a profile: {@code pick one/cache f32_f32_f32p16x1_1x16_avx2 41.2 gops}, and what is next. */
    String line() {
        return Fact.PICK.word() + " " + shape + " " + variant + " " + Gops.plain(gops) + " gops"
                + next.map(second -> ", then " + second.variant() + " " + Gops.plain(second.gops()) + " gops")
                        .orElse("");
    }

    /** The pick of a line, after its first word. */
    static Pick read(LineWords words) {
        final ShapeClass shape = ShapeClass.named(words.next("a class of shapes"));
        final Variant variant = Variant.parse(words.next("a variant"));
        final double gops = Gops.parse(words.next("a speed"));
        final boolean isLast = words.expect(Set.of("gops", "gops,"), "'gops'").equals("gops");
        final Optional<Next> next = isLast ? Optional.empty() : Optional.of(readNext(words));
        words.end();
        return new Pick(shape, variant, gops, next);
    }

    private static Next readNext(LineWords words) {
        words.expect("then");
        final Variant variant = Variant.parse(words.next("a variant"));
        final double gops = Gops.parse(words.next("a speed"));
        words.expect("gops");
        return new Next(variant, gops);
    }
}
