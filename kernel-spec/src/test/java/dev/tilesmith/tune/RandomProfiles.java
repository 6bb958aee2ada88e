package dev.tilesmith.tune;

import dev.tilesmith.cpu.CpuProfile;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Schedule;
import dev.tilesmith.spec.Schedule.Prefetch;
import dev.tilesmith.spec.Target;
import dev.tilesmith.spec.Variant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Profiles that are valid and else anything: of known CPUs or one that is given, with any of the values that knobs may have, and
 * with variants that are made up or taken from a table.
 *
 * @param random what they are made of
 */
public record RandomProfiles(RandomGenerator random) {
    /** One with made-up variants. */
    public TuningProfile any() {
        final List<Pick> picks = new ArrayList<>();
        final int combinations = random.nextInt(4);
        for (int i = 0; i < combinations; i++) {
            picks.addAll(picks(combination()));
        }
        return new TuningProfile(machine(), source(), settings(), distinct(picks));
    }

    /** One of a machine, with some of these variants, at least one, of equal formats. */
    public TuningProfile of(Machine machine, List<Variant> variants) {
        return new TuningProfile(machine, source(), settings(), picks(variants));
    }

    /** A known CPU's. */
    public Machine machine() {
        final Machine machine = Machine.of(one(CpuProfile.all()).cpu());
        final String signature = random.nextBoolean() ? "" : "family " + random.nextInt(30) + " model 1";
        return new Machine(machine.cpu(), signature, machine.features(), machine.caches(), 17 + random.nextInt(20));
    }

    private String source() {
        return one(List.of("measured 2026-11-30", "modelled by llvm-mca", "a guess; another"));
    }

    private List<Setting> settings() {
        final List<Setting> settings = new ArrayList<>();
        for (final Target target : Target.values()) {
            for (final Knob knob : Knob.values()) {
                if (random.nextInt(10) == 0) {
                    settings.add(new Setting(target, knob, value(knob)));
                }
            }
        }
        Collections.shuffle(settings, java.util.Random.from(random));
        return settings;
    }

    /** As often small as large, and as often as anything the ends of the range. */
    private long value(Knob knob) {
        final long range = knob.most() - knob.least();
        return switch (random.nextInt(4)) {
            case 0 -> knob.least();
            case 1 -> knob.most();
            case 2 -> random.nextLong(knob.least(), knob.most() + 1);
            default -> knob.least() + (random.nextLong(range + 1) >> random.nextInt(40));
        };
    }

    private List<Pick> picks(List<Variant> variants) {
        final List<Pick> picks = new ArrayList<>();
        for (final ShapeClass shape : ShapeClass.all()) {
            if (random.nextInt(3) > 0) {
                picks.add(pick(shape, variants));
            }
        }
        Collections.shuffle(picks, java.util.Random.from(random));
        return picks;
    }

    private Pick pick(ShapeClass shape, List<Variant> variants) {
        final Variant best = one(variants);
        final Variant next = one(variants);
        final double gops = Math.pow(10, random.nextDouble(-5, 8));
        return new Pick(
                shape,
                best,
                gops,
                next.equals(best)
                        ? Optional.empty()
                        : Optional.of(new Pick.Next(next, Gops.rounded("gops", gops) * random.nextDouble(0.1, 1))));
    }

    private List<Variant> combination() {
        final Format dst = one(List.of(Format.values()));
        final Format lhs = one(List.of(Format.values()));
        final Format rhs = one(List.of(Format.values()));
        final List<Variant> variants = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            variants.add(new Variant(
                    dst,
                    lhs,
                    rhs,
                    1 + random.nextInt(1 << random.nextInt(31)),
                    1 + random.nextInt(1 << random.nextInt(31)),
                    1 << random.nextInt(4),
                    one(List.of(Target.values())),
                    new Schedule(1 + random.nextInt(Schedule.MOST_UNROLLED), one(List.of(Prefetch.values())))));
        }
        return variants;
    }

    private static List<Pick> distinct(List<Pick> picks) {
        final List<Pick> distinct = new ArrayList<>();
        for (final Pick pick : picks) {
            if (distinct.stream().noneMatch(known -> known.question().equals(pick.question()))) {
                distinct.add(pick);
            }
        }
        return distinct;
    }

    private <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
