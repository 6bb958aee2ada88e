package dev.tilesmith.processor.asm.x86;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Operands for a form, drawn from what its table line says: each over its whole range while the others stand still. */
final class Samples {
    static final Label HERE = new Label("here");

    private final Form form;
    private final int vectorBits;

    private Samples(Form form, int vectorBits) {
        this.form = form;
        this.vectorBits = vectorBits;
    }

    /** Every list of operands that a form is tried with. */
    static Stream<List<Operand>> of(Form form) {
        final boolean open = form.operands().stream()
                .anyMatch(p -> p instanceof Pattern.Place place && place.register() == Pattern.RegisterClass.V);
        return open
                ? form.widths().stream().flatMap(bits -> new Samples(form, bits).lists())
                : new Samples(form, form.length()).lists();
    }

    private Stream<List<Operand>> lists() {
        if (form.operands().isEmpty()) {
            return Stream.of(List.of());
        }
        return ranges().filter(Samples::hasDistinctTiles);
    }

    /** Tile registers of one instruction differ. */
    private static boolean hasDistinctTiles(List<Operand> list) {
        final List<Operand> tiles = list.stream().filter(Tmm.class::isInstance).toList();
        return tiles.stream().distinct().count() == tiles.size();
    }

    private Stream<List<Operand>> ranges() {
        final List<List<Operand>> lists = new ArrayList<>();
        // What stands still while one operand runs: low registers, then high ones or memory.
        for (final List<Operand> still : List.of(still(1), still(20))) {
            for (int i = 0; i < still.size(); i++) {
                for (final Operand operand : range(form.operands().get(i))) {
                    final List<Operand> list = new ArrayList<>(still);
                    list.set(i, operand);
                    lists.add(list);
                }
            }
            roundings()
                    .forEach(rounding -> lists.add(Stream.concat(registers(still).stream(), Stream.of(rounding))
                            .toList()));
        }
        return lists.stream();
    }

    private List<Rounding> roundings() {
        if (form.rounding().isEmpty() || (vectorBits != 0 && vectorBits != 512)) {
            return List.of();
        }
        return form.rounding().get() == Rounding.SAE
                ? List.of(Rounding.SAE)
                : List.of(Rounding.RN_SAE, Rounding.RD_SAE, Rounding.RU_SAE, Rounding.RZ_SAE);
    }

    private List<Operand> still(int seed) {
        final List<Operand> list = new ArrayList<>();
        for (int i = 0; i < form.operands().size(); i++) {
            final List<Operand> range = range(form.operands().get(i));
            list.add(range.get((seed + 3 * i) % Math.min(range.size(), 32)));
        }
        return list;
    }

    /** The same with registers wherever memory may be. */
    private List<Operand> registers(List<Operand> list) {
        return IntStream.range(0, list.size())
                .mapToObj(i -> list.get(i) instanceof Mem
                        ? range(form.operands().get(i)).getFirst()
                        : list.get(i))
                .toList();
    }

    private List<Operand> range(Pattern pattern) {
        return switch (pattern) {
            case Pattern.Constant constant ->
                Stream.of(
                                0L,
                                1L,
                                2L,
                                3L,
                                5L,
                                17L,
                                127L,
                                128L,
                                255L,
                                256L,
                                -1L,
                                -2L,
                                -128L,
                                -129L,
                                0x7FFF_FFFFL,
                                0x8000_0000L,
                                0xFFFF_FFFFL,
                                -0x8000_0000L,
                                -0x8000_0001L,
                                0x1_0000_0000L,
                                0x123_4567_89AB_CDEFL,
                                constant.min(),
                                constant.max())
                        .filter(value -> value >= constant.min() && value <= constant.max())
                        .map(value -> (Operand) new Imm(value))
                        .toList();
            case Pattern.Distance _ -> List.of(HERE);
            case Pattern.Place place -> places(place);
        };
    }

    private List<Operand> places(Pattern.Place place) {
        final List<Operand> plain = new ArrayList<>(registers(place.register()));
        if (!place.memory().equals(Pattern.MemorySize.NONE)) {
            addresses(Math.max(1, place.memory().bytes(vectorBits))).stream()
                    .filter(mem -> !place.memory().equals(Pattern.MemorySize.ROWS)
                            || mem.label().isEmpty())
                    .forEach(plain::add);
        }
        if (place.broadcast() > 0) {
            addresses(place.broadcast()).forEach(mem -> plain.add(mem.repeated()));
        }
        final List<Operand> all = new ArrayList<>(plain);
        if (place.masking() != Pattern.Masking.NONE) {
            for (int i = 0; i < Math.min(plain.size(), 48); i++) {
                all.addAll(masked(plain.get(i), new Mask(1 + i % 7), place.masking()));
            }
        }
        return all;
    }

    private static List<Operand> masked(Operand target, Mask mask, Pattern.Masking masking) {
        final Operand merging = new Masked(target, mask, false);
        return masking == Pattern.Masking.ZEROING && target instanceof Vec
                ? List.of(merging, new Masked(target, mask, true))
                : List.of(merging);
    }

    private List<Operand> registers(Pattern.RegisterClass register) {
        return switch (register) {
            case NONE -> List.of();
            case R8, R16, R32, R64 -> {
                final int bits = Integer.parseInt(register.name().substring(1));
                yield operands(16, i -> new Gpr(i, bits));
            }
            case EAX -> List.of(Gpr.RAX.as32());
            case RAX -> List.of(Gpr.RAX);
            case K -> operands(8, Mask::new);
            case T -> operands(8, Tmm::new);
            default -> operands(form.prefix().vectorRegisters(), i -> new Vec(register.vectorBits(vectorBits), i));
        };
    }

    private static List<Operand> operands(int count, java.util.function.IntFunction<Operand> make) {
        return IntStream.range(0, count).mapToObj(make).toList();
    }

    /** Each base, each index, each scale, each kind of displacement around the bounds of one byte of {@code n} units. */
    static List<Mem> addresses(int n) {
        final List<Mem> all = new ArrayList<>();
        for (int r = 0; r < 16; r++) {
            all.add(Mem.mem(Gpr.r64(r)));
            all.add(Mem.mem(Gpr.r64(r), n));
            if (r != 4) {
                all.add(Mem.mem(Gpr.r64(r ^ 9), Gpr.r64(r), 1 << (r & 3), 0));
                all.add(Mem.mem(Gpr.r64(15 - r), Gpr.r64(r), 1 << (r >> 2), -n));
            }
        }
        for (final int disp : new int[] {
            1,
            -1,
            4,
            100,
            127,
            128,
            -128,
            -129,
            127 * n,
            128 * n,
            -128 * n,
            -129 * n,
            127 * n + 1,
            -128 * n + 1,
            64 * n,
            Integer.MAX_VALUE,
            Integer.MIN_VALUE
        }) {
            all.add(Mem.mem(Gpr.RDX, disp));
            all.add(Mem.mem(Gpr.R13, Gpr.R12, 4, disp));
        }
        all.add(Mem.scaled(Gpr.RCX, 2, 0));
        all.add(Mem.scaled(Gpr.R13, 8, 64));
        all.add(Mem.at(HERE));
        all.add(Mem.at(HERE, -8));
        return all;
    }

    /** All bases with all indices, scales and kinds of displacement. */
    static Stream<Mem> everyAddress(int n) {
        return IntStream.range(0, 16).boxed().flatMap(base -> IntStream.range(0, 16)
                .filter(index -> index != 4)
                .boxed()
                .flatMap(index -> Stream.of(1, 2, 4, 8).flatMap(scale -> Stream.of(0, n, -128 * n, 128 * n, 3 * n + 1)
                        .map(disp -> Mem.mem(Gpr.r64(base), Gpr.r64(index), scale, disp)))));
    }
}
