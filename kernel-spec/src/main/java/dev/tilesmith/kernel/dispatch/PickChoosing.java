package dev.tilesmith.kernel.dispatch;

import dev.tilesmith.spec.Variant;
import dev.tilesmith.tune.Found;
import dev.tilesmith.tune.Pick;
import dev.tilesmith.tune.ShapeClass;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Chooses what a tuning profile picks, of what a table has and this machine runs. */
final class PickChoosing implements Choosing {
    private final Guide guide;
    private final Roster roster;
    private final Found found;
    private final List<Pick> picks;

    /**
     * What a profile picks of what is on a roster.
     *
     * @param guide the profile
     * @param found all profiles, which targets are tuned by
     */
    PickChoosing(Guide guide, Roster roster, Found found) {
        this.guide = guide;
        this.roster = roster;
        this.found = found;
        this.picks = guide.profile().picks().stream()
                .filter(pick -> roster.hasFormatsOf(pick.variant()))
                .toList();
    }

    @Override
    public Stream<Candidate> candidates(ShapeClass shape) {
        return picks.stream()
                .filter(pick -> pick.shape().equals(shape))
                .flatMap(pick -> Stream.concat(
                        candidate(pick.variant(), new Origin.Picked(guide, pick)).stream(),
                        pick.next().stream()
                                .flatMap(
                                        next -> candidate(next.variant(), new Origin.NextBest(guide, pick)).stream())));
    }

    private Optional<Candidate> candidate(Variant variant, Origin origin) {
        return roster.usable(variant)
                .map(entry -> new Candidate(
                        entry, entry.family().upTo(variant.mr()), found.tuning(variant.target()), origin));
    }

    /** Why picks are not followed, each in a line; a declaration with tiles of its own is no fault of what comes with Tilesmith. */
    List<String> refusals() {
        return switch (guide.giver()) {
            case USER -> picks.stream().flatMap(pick -> refusal(pick).stream()).toList();
            case TILESMITH -> List.of();
        };
    }

    private Optional<String> refusal(Pick pick) {
        return roster.whyNot(pick.variant())
                .map(reason -> "tuning profile " + guide.where() + ": the pick for " + pick.shape() + ", '"
                        + pick.variant() + "', is not followed: " + reason);
    }
}
