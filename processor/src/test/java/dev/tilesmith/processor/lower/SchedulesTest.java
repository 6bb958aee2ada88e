package dev.tilesmith.processor.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.processor.asm.Line;
import dev.tilesmith.processor.asm.MachineCode;
import dev.tilesmith.processor.product.emit.TilePrograms;
import dev.tilesmith.processor.product.plan.FamilyPlan;
import dev.tilesmith.processor.product.plan.KernelPlan;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.spec.Schedule;
import dev.tilesmith.spec.Schedule.Prefetch;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A schedule is how loops go along K, and nothing else: each is other code, of the same registers. */
final class SchedulesTest {
    private static final Pattern VECTOR = Pattern.compile("[xyz]mm\\d+");

    /** What a tile for x86-64 fetches ahead, and what it keeps of that: a register, and a place in the argument block. */
    private static final Pattern FETCHING = Pattern.compile(
            "prefetcht0 .*|(mov|add) r15, .*|imul rax, .*\\[rdi\\+88\\], \\d+|mov .*\\[rdi\\+144\\], rax"
                    + "|mov .*\\[rsp\\+32\\], rax|cmp .*\\[rdi\\+88\\], \\d+|jle \\.L\\w+_fetched");

    /** What is between a loop and what comes before it. */
    private static final Pattern FILLING = Pattern.compile("\\..*|nop.*|");

    /** A family in machine code. */
    record Case(String name, int nr, List<Program> programs, List<Schedule> schedules, MachineTarget code) {
        MachineCode assemble(Schedule schedule) {
            return code.assemble(nr, programs, schedule);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Lowering.recipes()
                .flatMap(recipe -> Lowering.scales(recipe).map(scales -> Lowering.plan(recipe.formats(), scales)))
                .flatMap(plan -> plan.families().stream().flatMap(family -> cases(plan, family)));
    }

    static Stream<Case> chosen() {
        return cases().filter(given -> given.schedules().size() > 1);
    }

    private static Stream<Case> cases(KernelPlan plan, FamilyPlan family) {
        return switch (family.kernelTarget()) {
            case JavaTarget _ -> Stream.empty();
            case MachineTarget target ->
                Stream.of(new Case(
                        plan.declaration().formats() + " with scales "
                                + plan.declaration().scales() + " on " + family.target(),
                        family.nr(),
                        target.programs(new TilePrograms(plan, family)),
                        target.schedules(family.contraction()),
                        target));
        };
    }

    private static Stream<Schedule> all() {
        return IntStream.rangeClosed(1, Schedule.MOST_UNROLLED).boxed().flatMap(unroll -> Stream.of(Prefetch.values())
                .map(prefetch -> new Schedule(unroll, prefetch)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void refusesWhatItDoesNotOffer(Case given) {
        all().filter(schedule -> !given.schedules().contains(schedule)).forEach(schedule -> {
            final Exception refused =
                    assertThrows(IllegalArgumentException.class, () -> given.assemble(schedule), schedule::toString);
            assertTrue(refused.getMessage().startsWith("schedule: " + schedule), refused::getMessage);
        });
    }

    /** No two names of variants are behind the same code. */
    @ParameterizedTest
    @MethodSource("cases")
    void eachIsOtherCode(Case given) {
        final Set<String> codes = given.schedules().stream()
                .map(schedule ->
                        HexFormat.of().formatHex(given.assemble(schedule).bytes()))
                .collect(Collectors.toSet());
        assertEquals(given.schedules().size(), codes.size());
    }

    /** So whatever tile fits fits with each. */
    @ParameterizedTest
    @MethodSource("chosen")
    void eachTakesTheSameRegisters(Case given) {
        final Set<String> registers = registers(given.assemble(Schedule.DEFAULT));
        for (final Schedule schedule : given.schedules()) {
            assertEquals(registers, registers(given.assemble(schedule)), schedule::toString);
        }
    }

    private static Set<String> registers(MachineCode code) {
        return code.lines().stream()
                .flatMap(line -> VECTOR.matcher(line.text()).results())
                .map(found -> found.group().substring(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Code that leaves it to the CPU to fetch is what is left of the other without what fetches. */
    @ParameterizedTest
    @MethodSource("chosen")
    void withoutFetchingAheadTheRestIsTheSame(Case given) {
        for (final Schedule schedule : given.schedules()) {
            final List<String> fetching = new ArrayList<>(instructions(given.assemble(schedule)));
            final boolean removed =
                    fetching.removeIf(line -> FETCHING.matcher(line).matches());
            switch (schedule.prefetch()) {
                case AHEAD -> {
                    assertTrue(removed, schedule::toString);
                    final Schedule none = new Schedule(schedule.unroll(), Prefetch.NONE);
                    assertEquals(instructions(given.assemble(none)), fetching, schedule::toString);
                }
                case NONE -> assertEquals(instructions(given.assemble(schedule)), fetching, schedule::toString);
            }
        }
    }

    private static List<String> instructions(MachineCode code) {
        return code.lines().stream()
                .map(Line::text)
                .filter(line -> !FILLING.matcher(line).matches())
                .toList();
    }
}
