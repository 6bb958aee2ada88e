package dev.tilesmith.bench.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The inner loop of one micro-kernel.
 *
 * @param formats of the operands and the result
 * @param target the target that it is for
 * @param tile {@code 6x16}, rows by columns; or what its label calls it, where these are not known beforehand
 * @param instructions as assemblers read them: its label first, its branch last; there may be labels between
 */
public record Loop(String formats, String target, String tile, List<String> instructions) {
    /** Makes the list immutable, and checks that it is a loop that multiplies. */
    public Loop {
        instructions = List.copyOf(instructions);
        if (instructions.size() < 2 || instructions.stream().noneMatch(Loop::multiplies)) {
            throw new IllegalArgumentException("instructions: " + instructions + "; expected a loop that multiplies");
        }
    }

    private static boolean multiplies(String instruction) {
        return Multiplication.of(instruction).isPresent();
    }

    /** Its text, for an assembler. */
    String source() {
        return String.join("\n", instructions) + "\n";
    }

    /** How many instructions, labels being none. */
    int size() {
        return Math.toIntExact(
                instructions.stream().filter(line -> !line.endsWith(":")).count());
    }

    /** Those by the instruction that it multiplies with: at the end of a block, sums are scaled by another. */
    List<Multiplication> multiplications() {
        final String multiplier = multiplier();
        return instructions.stream()
                .map(Multiplication::of)
                .flatMap(Optional::stream)
                .filter(multiplication -> multiplication.mnemonic().equals(multiplier))
                .toList();
    }

    /** The instruction that it multiplies the most values with; where that is not known, the first. */
    String multiplier() {
        final Map<String, Integer> products = instructions.stream()
                .map(Multiplication::of)
                .flatMap(Optional::stream)
                .collect(Collectors.groupingBy(
                        Multiplication::mnemonic, LinkedHashMap::new, Collectors.summingInt(Multiplication::products)));
        return products.entrySet().stream()
                .reduce((one, other) -> other.getValue() > one.getValue() ? other : one)
                .orElseThrow()
                .getKey();
    }

    /** Values that an iteration multiplies and adds; 0 for scalable vectors. */
    int products() {
        return multiplications().stream().mapToInt(Multiplication::products).sum();
    }

    /** Different registers, tiles or groups that it adds to. */
    int accumulators() {
        return Math.toIntExact(multiplications().stream()
                .map(Multiplication::destination)
                .distinct()
                .count());
    }

    /** Whether it adds to ZA, which llvm-mca has no model of. */
    public boolean isScalable() {
        return multiplications().stream().anyMatch(Multiplication::isScalable);
    }

    /** Vectors that an iteration loads. */
    int loads() {
        return loaded().stream().mapToInt(Load::vectors).sum();
    }

    /** Bytes that an iteration loads. */
    int loadedBytes() {
        return loaded().stream().mapToInt(Load::bytes).sum();
    }

    private List<Load> loaded() {
        return instructions.stream().map(Load::of).flatMap(Optional::stream).toList();
    }
}
