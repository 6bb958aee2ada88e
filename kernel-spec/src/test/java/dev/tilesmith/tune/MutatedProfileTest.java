package dev.tilesmith.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.tilesmith.cpu.CpuFeature;
import dev.tilesmith.spec.Target;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever the bytes, they are refused in one line, or they are a profile of which every value is one that may be. */
final class MutatedProfileTest {
    private static final int PROFILES = Integer.getInteger("problems", 100_000);

    private static final Pattern WHAT_IS_RIGHT =
            Pattern.compile("[eE]xpected|did you mean|is not of the form|no tile has more than");

    @Test
    @Timeout(600)
    void mutatedProfilesAreRefusedOrInRange() {
        final int each = 50;
        int taken = 0;
        for (int seed = 0; seed < PROFILES; seed += each) {
            final Random random = new Random(seed);
            final TuningProfile profile = new RandomProfiles(random).any();
            final ProfileMutations mutations = new ProfileMutations(random);
            for (int i = 0; i < each; i++) {
                taken += isTaken(seed, mutations.of(profile)) ? 1 : 0;
            }
        }
        // Enough of both that both are tested.
        assertTrue(taken > PROFILES / 20 && taken < PROFILES / 2, taken + " taken");
    }

    private static boolean isTaken(int seed, byte[] bytes) {
        try {
            requireInRange(ProfileBytes.read(new ByteArrayInputStream(bytes)));
            return true;
        } catch (ProfileRefusedException e) {
            assertTrue(
                    e.getMessage().chars().allMatch(PlainText::isPlain)
                            && e.getMessage().length() < 2000,
                    () -> "seed " + seed + ": " + e.getMessage());
            assertTrue(WHAT_IS_RIGHT.matcher(e.getMessage()).find(), () -> "seed " + seed + ": " + e.getMessage());
            return false;
        } catch (RuntimeException | IOException e) {
            return fail("seed " + seed, e);
        }
    }

    /** Without what constructors have checked: what they hold is seen here from outside. */
    private static void requireInRange(TuningProfile profile) {
        assertEquals(profile, TuningProfile.parse(profile.text()));
        final Machine machine = profile.machine();
        assertTrue(TuningProfile.resourceName(machine).matches("META-INF/tilesmith/[a-z0-9-]+\\.profile"));
        assertTrue(machine.features().stream()
                        .map(CpuFeature::architecture)
                        .distinct()
                        .count()
                <= 1);
        assertTrue(machine.jdk() > 0
                && machine.caches().l1d() > 0
                && machine.caches().l2() > 0);
        for (final Target target : Target.values()) {
            final Tuning tuning = profile.tuning(target);
            for (final Knob knob : Knob.values()) {
                final long value = tuning.get(knob);
                assertTrue(value >= knob.least() && value <= knob.most(), () -> knob + " is " + value);
            }
        }
        profile.picks().forEach(pick -> {
            requireSpeed(pick.gops());
            assertTrue(pick.variant().mr() > 0
                    && pick.variant().nr() > 0
                    && pick.variant().kr() > 0);
            pick.next().ifPresent(next -> {
                requireSpeed(next.gops());
                assertTrue(next.gops() <= pick.gops());
            });
        });
    }

    private static void requireSpeed(double gops) {
        assertTrue(gops >= 1e-6 && gops <= 1e9, () -> "" + gops);
    }
}
