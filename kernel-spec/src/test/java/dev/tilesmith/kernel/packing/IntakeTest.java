package dev.tilesmith.kernel.packing;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.runtime.Problems;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Orientation;
import dev.tilesmith.spec.Format;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What each combination of formats takes of {@link Weights}, in all combinations: either all that is given has a part in
 * the packed weights, or what has none is refused by its name.
 */
final class IntakeTest {
    private static final int N = 3;
    private static final int K = 64;

    static final Map<Combination, List<GivenParts>> TAKEN = Arrays.stream(Combination.values())
            .collect(Collectors.toMap(combination -> combination, combination -> all().filter(combination::takes)
                    .toList()));

    /** The combinations, and the weights that each takes, as {@link GivenParts#signature} has them. */
    enum Combination {
        F32(Format.F32, Format.F32, Format.F32, "F32 B?"),
        F16(Format.F16, Format.F32, Format.F32, "F16 B?|F32 B?"),
        BF16(Format.BF16, Format.F32, Format.F32, "BF16 B?|F32 B?"),
        INT8(Format.QSI8CX, Format.F32, Format.F32, "F32 B?|INT8 SB?"),
        INT8_TO_INT8(Format.QSI8CX, Format.QAI8, Format.F32, "F32 I?R|INT8 SI?R"),
        INT8_TO_SUMS(Format.QSI8CX, Format.I32, Format.F32, "INT8 I?R?"),
        INT4(Format.QSI4CX, Format.F32, Format.F32, "F32 B?|INT4 SB?"),
        INT4_TO_INT8(Format.QSI4CX, Format.QAI8, Format.F32, "F32 I?R|INT4 SI?R"),
        INT4_IN_BLOCKS(Format.QSI4C32, Format.F32, Format.BF16, "F32 L?B?|INT4 SLB?|Q4_0 L?B?"),
        INT4_IN_BLOCKS_OF_F32(Format.QSI4C32, Format.F32, Format.F32, "F32 L?B?|INT4 SLB?|Q4_0 L?B?"),
        TWO_BITS(Format.QSU2CX, Format.F32, Format.F32, "INT2 SB?"),
        PAIRED_INT4(Format.QSI4C32, Format.F32, Format.F16, "F32 L?B?|INT4 SLB?|Q4_0 L?B?"),
        PAIRED_WITH_MINS(Format.QAI4C32, Format.F32, Format.F16, "F32 L?B?|INT4 SLMB?|Q4_1 L?B?"),
        PAIRED_INT8(Format.QSI8D32, Format.F32, Format.F16, "F32 L?B?|INT8 SLB?|Q8_0 L?B?");

        private final Format format;
        private final Format dst;
        private final Format scales;
        private final String taken;

        Combination(Format format, Format dst, Format scales, String taken) {
            this.format = format;
            this.dst = dst;
            this.scales = scales;
            this.taken = taken;
        }

        boolean takes(GivenParts given) {
            return given.signature().matches(taken);
        }

        PackedPanels pack(Weights weights) {
            return pack(weights, true);
        }

        PackedPanels packWithoutBias(Weights weights) {
            return pack(weights, false);
        }

        private int kr() {
            return switch (this) {
                case F32, F16, BF16 -> 1;
                case INT8,
                        INT8_TO_INT8,
                        INT8_TO_SUMS,
                        INT4,
                        INT4_TO_INT8,
                        INT4_IN_BLOCKS,
                        INT4_IN_BLOCKS_OF_F32,
                        TWO_BITS,
                        PAIRED_INT4,
                        PAIRED_WITH_MINS,
                        PAIRED_INT8 -> 4;
            };
        }

        private PackedPanels pack(Weights weights, boolean bias) {
            final PanelLayout layout = new PanelLayout(format, 4, kr(), bias, dst, 0, scales);
            return RhsPacker.pack(weights, layout, new Packing(Arena.ofAuto(), Runnable::run, 1));
        }
    }

    private static Stream<GivenParts> all() {
        return Arrays.stream(ValueKind.values()).flatMap(kind -> IntStream.range(0, 1 << GivenParts.ALL.length())
                .mapToObj(bits -> new GivenParts(kind, letters(bits))));
    }

    private static String letters(int bits) {
        final StringBuilder letters = new StringBuilder();
        for (int i = 0; i < GivenParts.ALL.length(); i++) {
            if ((bits >> i & 1) != 0) {
                letters.append(GivenParts.ALL.charAt(i));
            }
        }
        return letters.toString();
    }

    /** Weights whose blocks lie in a file lie along K alone. */
    private static Stream<Weights> weights(GivenParts given, int n, int k) {
        return Arrays.stream(Orientation.values())
                .filter(orientation -> orientation == Orientation.N_BY_K || !given.isInBlocksOfAFile())
                .map(orientation -> given.weights(n, k, orientation, new SplittableRandom(7)));
    }

    @ParameterizedTest
    @EnumSource
    void takesWhatItUsesAndRefusesTheRestByName(Combination combination) {
        all().forEach(given -> {
            if (combination.takes(given)) {
                weights(given, N, K).forEach(combination::pack);
            } else {
                final String name = refusal(combination, given);
                final String one = names(combination, given);
                assertTrue(one.isEmpty() || one.contains("[" + name + "]"), () -> given + " refused for " + name);
            }
        });
    }

    private static String refusal(Combination combination, GivenParts given) {
        final String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> weights(given, N, K).forEach(combination::pack),
                        () -> combination + " of " + given)
                .getMessage();
        assertTrue(message.length() < 300, message);
        return message.substring(0, message.indexOf(':'));
    }

    /** Names of which each, given or left out, would make the weights right; none where more than one thing is wrong. */
    private static String names(Combination combination, GivenParts given) {
        final StringBuilder names = new StringBuilder();
        for (final char letter : GivenParts.ALL.toCharArray()) {
            if (combination.takes(toggled(given, letter))) {
                names.append('[').append(GivenParts.component(letter)).append(']');
                if (letter == 'L' && given.has('S')) {
                    names.append("[scales]"); // those of channels become those of blocks, or the other way round
                }
                if (letter == 'M' && !given.has('L')) {
                    names.append("[blockLength]"); // which comes before minima
                }
                if (letter == 'L' && given.has('M')) {
                    names.append("[mins]"); // of no blocks
                }
            }
        }
        final boolean ofOtherKind = Arrays.stream(ValueKind.values())
                .anyMatch(kind -> combination.takes(new GivenParts(kind, given.letters())));
        return names.isEmpty() || !ofOtherKind ? names.toString() : names + "[weights]";
    }

    private static GivenParts toggled(GivenParts given, char letter) {
        final StringBuilder letters = new StringBuilder();
        for (final char each : GivenParts.ALL.toCharArray()) {
            if (given.has(each) != (each == letter)) {
                letters.append(each);
            }
        }
        return new GivenParts(given.kind(), letters.toString());
    }

    @ParameterizedTest
    @EnumSource
    void ofNoWeightsNothingIsTakenThatIsNotOfSome(Combination combination) {
        all().filter(combination::takes).forEach(given -> {
            weights(given, 0, K).forEach(combination::pack);
            weights(given, N, 0).forEach(combination::pack);
        });
        all().filter(given -> biasOfAnotherKind(combination, given))
                .forEach(given -> assertThrows(
                        IllegalArgumentException.class,
                        () -> weights(given, N, 0).forEach(combination::pack),
                        () -> combination + " of " + given));
    }

    private static boolean biasOfAnotherKind(Combination combination, GivenParts given) {
        return (given.has('B') && !combination.taken.contains("B?"))
                || (given.has('I') && !combination.taken.contains("I?"));
    }

    @ParameterizedTest
    @EnumSource
    void withoutBiasRefusesBothByName(Combination combination) {
        all().filter(combination::takes).forEach(given -> weights(given, N, K).forEach(weights -> {
            if (given.has('B') || given.has('I')) {
                final String message = assertThrows(
                                IllegalArgumentException.class, () -> combination.packWithoutBias(weights))
                        .getMessage();
                assertTrue(
                        message.matches("(bias|intBias): given; this kernel is declared with bias = false.*"), message);
            } else {
                combination.packWithoutBias(weights);
            }
        }));
    }

    /** Of what is taken, a change of anything changes what is packed, or is refused. */
    @Test
    void nothingThatIsGivenIsDropped() {
        Problems.forEach(random -> {
            final Combination combination = any(Combination.values(), random);
            final List<GivenParts> taken = TAKEN.get(combination);
            final GivenParts given = taken.get(random.nextInt(taken.size()));
            final Orientation orientation =
                    given.isInBlocksOfAFile() ? Orientation.N_BY_K : any(Orientation.values(), random);
            // whole bytes either way round
            final Weights weights =
                    given.weights(4 * random.nextInt(1, 3), 32 * random.nextInt(1, 3), orientation, random);
            final PackedPanels packed = combination.pack(weights);
            final ChangedWeights change = any(ChangedWeights.values(), random);
            change.of(weights, random)
                    .flatMap(changed -> packed(combination, changed))
                    .ifPresent(changed -> assertTrue(
                            differ(packed, changed), () -> combination + " of " + given + " drops " + change));
        });
    }

    private static <T> T any(T[] all, SplittableRandom random) {
        return all[random.nextInt(all.length)];
    }

    private static Optional<PackedPanels> packed(Combination combination, Weights weights) {
        try {
            return Optional.of(combination.pack(weights));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static boolean differ(PackedPanels one, PackedPanels other) {
        return one.blockLength() != other.blockLength() || one.data().mismatch(other.data()) >= 0;
    }
}
