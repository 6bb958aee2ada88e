package dev.tilesmith.processor.asm.aarch64;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Operands for a form, made from what its fields can hold: each field over its whole range, or over its corners and a
 * sample where it has more than 8 bits, while the others take values drawn with a fixed seed; then all drawn.
 */
final class Samples {
    static final Label HERE = new Label("here");
    private static final int WHOLE_RANGE_BITS = 8;
    private static final int DRAWN = 8;

    /** Not every value can be with every other: draws before one is given up. */
    private static final int DRAWS = 64;

    private final Form form;
    private final Random random;
    private final Set<Field> fields = new LinkedHashSet<>();

    private Samples(Form form) {
        this.form = form;
        this.random = new Random(form.line().hashCode());
        form.operands().forEach(this::collect);
    }

    /** Every list of operands that a form is tried with. */
    static Stream<List<Operand>> of(Form form) {
        return new Samples(form).lists();
    }

    private Stream<List<Operand>> lists() {
        final Stream<Map<Field, Long>> swept =
                fields.stream().flatMap(field -> values(field).mapToObj(code -> Map.of(field, code)));
        final Stream<Map<Field, Long>> drawn =
                LongStream.rangeClosed(0, fields.isEmpty() ? 0 : DRAWN).mapToObj(_ -> Map.of());
        return Stream.concat(drawn, swept)
                .flatMap(fixed -> Stream.generate(() -> operands(codes(fixed)))
                        .limit(DRAWS)
                        .flatMap(Optional::stream)
                        .limit(1))
                .distinct();
    }

    /** What can be in a field. */
    private LongStream values(Field field) {
        if (field.width() <= WHOLE_RANGE_BITS) {
            return LongStream.rangeClosed(field.min(), field.max());
        }
        final LongStream corners = LongStream.rangeClosed(0, field.width() - 1L)
                .flatMap(bit ->
                        LongStream.of(1L << bit, (1L << bit) - 1, -1L << bit, (-1L << bit) - 1, -(1L << bit) + 1));
        final LongStream drawn = LongStream.range(0, 1L << WHOLE_RANGE_BITS).map(_ -> drawn(field));
        return LongStream.concat(LongStream.of(field.min(), field.max()), LongStream.concat(corners, drawn))
                .filter(code -> code >= field.min() && code <= field.max());
    }

    private long drawn(Field field) {
        return random.nextLong(field.min(), field.max() + 1);
    }

    /** A value for each field, drawn unless fixed. Bitmasks of which few are valid are drawn among those. */
    private Map<Field, Long> codes(Map<Field, Long> fixed) {
        final Map<Field, Long> codes = new LinkedHashMap<>();
        fields.forEach(field -> codes.put(field, drawn(field)));
        form.operands().forEach(pattern -> {
            if (pattern instanceof Pattern.Bitmask mask) {
                codes.put(
                        mask.field(),
                        LongStream.generate(() -> drawn(mask.field()))
                                .filter(code ->
                                        Bitmasks.decode(code, mask.bits()).isPresent())
                                .findFirst()
                                .orElseThrow());
            } else if (pattern instanceof Pattern.Coded coded) {
                final List<Operand> all = coded.names().all();
                codes.put(coded.field(), (long) coded.names().code(all.get(random.nextInt(all.size()))));
            }
        });
        codes.putAll(fixed);
        return codes;
    }

    private void collect(Pattern pattern) {
        switch (pattern) {
            case Pattern.General p -> add(p.index());
            case Pattern.Numbered p -> add(p.index());
            case Pattern.Lane p -> add(p.index(), p.lane());
            case Pattern.Listed p -> {
                add(p.first());
                p.lane().ifPresent(this::add);
            }
            case Pattern.Slices p -> add(p.tile(), p.select(), p.offset());
            case Pattern.Vectors p -> add(p.select(), p.offset());
            case Pattern.Tiles p -> add(p.mask());
            case Pattern.Constant p -> add(p.value());
            case Pattern.Bitmask p -> fields.add(p.field());
            case Pattern.LeftShift p -> fields.add(p.imms());
            case Pattern.ByteMask p -> fields.add(p.field());
            case Pattern.SmallFloat p -> fields.add(p.field());
            case Pattern.Modified p -> add(p.amount());
            case Pattern.Coded p -> fields.add(p.field());
            case Pattern.Away p -> add(p.base(), p.distance());
            case Pattern.AwayBy p -> add(p.base(), p.index().index());
            case Pattern.ThenBy p -> add(p.base(), p.step().index());
            case Pattern.ZeroFloat _, Pattern.Place _, Pattern.Named _ -> {}
        }
    }

    private void add(Value... values) {
        for (final Value value : values) {
            if (value.field().width() > 0) {
                fields.add(value.field());
            }
        }
    }

    private Optional<List<Operand>> operands(Map<Field, Long> codes) {
        final List<Operand> operands = new ArrayList<>();
        for (final Pattern pattern : form.operands()) {
            final Optional<Operand> operand = operand(pattern, codes);
            if (operand.isEmpty()) {
                return Optional.empty();
            }
            operands.add(operand.get());
        }
        return form.mismatch(operands).isEmpty() ? Optional.of(operands) : Optional.empty();
    }

    private static int at(Value value, Map<Field, Long> codes) {
        return Math.toIntExact(value.decoded(codes.getOrDefault(value.field(), 0L)));
    }

    /** The operand that the fields say, or empty where they say none. */
    private Optional<Operand> operand(Pattern pattern, Map<Field, Long> codes) {
        return Optional.ofNullable(
                switch (pattern) {
                    case Pattern.General p -> general(p, codes);
                    case Pattern.Numbered p -> register(p.shape(), at(p.index(), codes));
                    case Pattern.Lane p -> new Element(register(p.shape(), at(p.index(), codes)), at(p.lane(), codes));
                    case Pattern.Listed p ->
                        new RegisterList(
                                register(p.shape(), at(p.first(), codes)),
                                p.count(),
                                p.stride(),
                                p.lane()
                                        .map(lane -> OptionalInt.of(at(lane, codes)))
                                        .orElse(OptionalInt.empty()));
                    case Pattern.Slices p ->
                        new TileSlice(
                                new Tile(at(p.tile(), codes), p.size()),
                                p.vertical(),
                                Gpr.w(at(p.select(), codes)),
                                at(p.offset(), codes),
                                p.count());
                    case Pattern.Vectors p ->
                        new ZaVectors(
                                p.size(), Gpr.w(at(p.select(), codes)), at(p.offset(), codes), p.count(), p.groups());
                    case Pattern.Tiles p -> tiles(at(p.mask(), codes));
                    case Pattern.Constant p ->
                        Imm.imm(p.value().decoded(codes.getOrDefault(p.value().field(), 0L)));
                    case Pattern.Bitmask p -> {
                        final OptionalLong value = Bitmasks.decode(codes.get(p.field()), p.bits());
                        yield value.isPresent() ? Imm.imm(value.getAsLong()) : null;
                    }
                    case Pattern.LeftShift p -> Imm.imm(p.bits() - 1 - codes.get(p.imms()));
                    case Pattern.ByteMask p -> Imm.imm(Pattern.ByteMask.expand(codes.get(p.field())));
                    case Pattern.SmallFloat p -> FloatImm.imm(Pattern.SmallFloat.expand(codes.get(p.field())));
                    case Pattern.ZeroFloat _ -> FloatImm.imm(0);
                    case Pattern.Modified p -> new Modifier(p.kind(), at(p.amount(), codes));
                    case Pattern.Place _ -> HERE;
                    case Pattern.Coded p ->
                        p.names().all().stream()
                                .filter(name -> p.names().code(name) == codes.get(p.field()))
                                .findFirst()
                                .orElse(null);
                    case Pattern.Named p -> p.word();
                    case Pattern.Away p -> away(p, codes);
                    case Pattern.AwayBy p ->
                        new Mem.Indexed(base(p.base(), codes), general(p.index(), codes), p.modifier());
                    case Pattern.ThenBy p -> new Mem.AfterBy(base(p.base(), codes), general(p.step(), codes));
                });
    }

    private static Gpr general(Pattern.General pattern, Map<Field, Long> codes) {
        final int index = at(pattern.index(), codes);
        return new Gpr(index, pattern.bits(), index == 31 && pattern.stack());
    }

    private static Gpr base(Value base, Map<Field, Long> codes) {
        final int index = at(base, codes);
        return new Gpr(index, 64, index == 31);
    }

    private static Mem away(Pattern.Away pattern, Map<Field, Long> codes) {
        final Gpr base = base(pattern.base(), codes);
        final int distance = at(pattern.distance(), codes);
        return switch (pattern.kind()) {
            case OFFSET -> Mem.at(base, distance);
            case VECTORS -> Mem.vectors(base, distance);
            case BEFORE -> Mem.before(base, distance);
            case AFTER -> Mem.after(base, distance);
        };
    }

    private static TileGroup tiles(int mask) {
        final List<Tile> tiles = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            if ((mask >> i & 1) != 0) {
                tiles.add(Tile.d(i));
            }
        }
        return new TileGroup(tiles);
    }

    private static Register register(Shape shape, int index) {
        final String suffix = shape.suffix().isEmpty() ? "" : shape.suffix().substring(1);
        return switch (shape.prefix()) {
            case "v" -> new V(index, arrangement(suffix));
            case "z" -> new Z(index, suffix.isEmpty() ? Optional.empty() : Optional.of(size(suffix)));
            case "p" -> new P(index, use(shape.suffix()));
            case "pn" -> new Pn(index, use(shape.suffix()));
            case "za" -> new Tile(index, size(suffix));
            default -> new Scalar(size(shape.prefix()), index);
        };
    }

    private static ElementSize size(String text) {
        return List.of(ElementSize.values()).stream()
                .filter(size -> size.text().equals(text))
                .findFirst()
                .orElseThrow();
    }

    private static Arrangement arrangement(String text) {
        return List.of(Arrangement.values()).stream()
                .filter(arrangement -> arrangement.text().equals(text))
                .findFirst()
                .orElseThrow();
    }

    private static PredicateUse use(String text) {
        return List.of(PredicateUse.values()).stream()
                .filter(use -> use.text().equals(text))
                .findFirst()
                .orElseThrow();
    }
}
