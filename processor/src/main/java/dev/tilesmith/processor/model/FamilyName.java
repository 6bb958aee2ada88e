package dev.tilesmith.processor.model;

import dev.tilesmith.spec.Schedule;
import dev.tilesmith.spec.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What tells a family's names in generated code from those of the others: its target; of several for a target, its tiles
 * besides.
 *
 * @param target the target
 * @param tiles words about its tiles, in lower case; none for the family that a target has in any case
 */
public record FamilyName(Target target, List<String> tiles) {
    /** Makes the list immutable. */
    public FamilyName {
        tiles = List.copyOf(tiles);
    }

    /** That of the family that a target has in any case. */
    public static FamilyName of(Target target) {
        return new FamilyName(target, List.of());
    }

    /** That of a family in the lattice of a target: {@code 24x2 nofetch} are 24 columns, and two steps a pass. */
    public static FamilyName of(Target target, int nr, Schedule schedule) {
        final List<String> tiles = new ArrayList<>();
        tiles.add(schedule.unroll() == 1 ? "" + nr : nr + "x" + schedule.unroll());
        switch (schedule.prefetch()) {
            case AHEAD -> {}
            case NONE -> tiles.add("nofetch");
        }
        return new FamilyName(target, tiles);
    }

    /** The end of a type's name: {@code Avx512Vnni}, {@code Avx2_24x2_Nofetch}. */
    String inTypes() {
        final String camel = Arrays.stream(target.name().split("_", -1))
                .map(FamilyName::title)
                .collect(Collectors.joining());
        return tiles.stream().map(word -> "_" + title(word)).collect(Collectors.joining("", camel, ""));
    }

    private static String title(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1).toLowerCase(Locale.ROOT);
    }

    /** The end of a constant's name: {@code AVX512_VNNI}, {@code AVX2_24X2_NOFETCH}. */
    public String inConstants() {
        return tiles.stream()
                .map(word -> "_" + word.toUpperCase(Locale.ROOT))
                .collect(Collectors.joining("", target.name(), ""));
    }
}
