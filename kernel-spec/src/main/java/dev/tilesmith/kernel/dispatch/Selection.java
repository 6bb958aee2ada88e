package dev.tilesmith.kernel.dispatch;

import dev.tilesmith.spec.Variant;
import dev.tilesmith.tune.Found;
import dev.tilesmith.tune.ShapeClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What may serve each class of shapes on a host: what a system property asks for, or else what a tuning profile picks, then what
 * the cost model expects most of, and after that the families that run, as the table has them in order.
 */
final class Selection {
    private final Roster roster;
    private final Optional<Variant> asked;
    private final Found found;
    private final List<Choosing> ways;

    private Selection(Roster roster, Optional<Variant> asked, Found found, List<Choosing> ways) {
        this.roster = roster;
        this.asked = asked;
        this.found = found;
        this.ways = ways;
    }

    /** The selection from a roster, by the profiles there are. */
    static Selection of(Roster roster, Found found) {
        final Optional<Variant> asked = roster.settings()
                .variant()
                .map(Variant::parse)
                .filter(variant -> roster.having(variant).isPresent());
        return new Selection(
                roster,
                asked,
                found,
                asked.isPresent() ? List.of(askedFor(roster, asked.get(), found)) : ways(roster, found));
    }

    private static List<Choosing> ways(Roster roster, Found found) {
        final List<Choosing> ways = new ArrayList<>();
        for (final Found.Sourced each : found.profiles()) {
            ways.add(new PickChoosing(new Guide(each.profile(), each.origin(), each.giver()), roster, found));
        }
        ways.add(ModelChoosing.of(roster, found));
        ways.add(inOrder(roster, found));
        return ways;
    }

    private static Choosing askedFor(Roster roster, Variant variant, Found found) {
        return _ -> roster.usable(variant).stream()
                .map(entry -> new Candidate(
                        entry,
                        entry.family().upTo(variant.mr()),
                        found.tuning(variant.target()),
                        new Origin.Asked(variant)));
    }

    private static Choosing inOrder(Roster roster, Found found) {
        final List<Candidate> usable = roster.usable().stream()
                .map(entry -> new Candidate(
                        entry, entry.family(), found.tuning(entry.family().target()), new Origin.InOrder()))
                .toList();
        return _ -> usable.stream();
    }

    /** Whose families. */
    Roster roster() {
        return roster;
    }

    /** The variant that a property asks for, if the table has it. */
    Optional<Variant> asked() {
        return asked;
    }

    /** What may serve a class, the best first. */
    List<Candidate> candidates(ShapeClass shape) {
        final List<Candidate> candidates = new ArrayList<>();
        for (final Choosing way : ways) {
            way.candidates(shape).forEachOrdered(candidates::add);
        }
        return candidates;
    }

    /** What is wanted for a class. */
    Optional<Candidate> best(ShapeClass shape) {
        return ways.stream().flatMap(way -> way.candidates(shape)).findFirst();
    }

    /** Why a profile, or what it picks, is not followed, each in a line. */
    List<String> refusals() {
        final List<String> refusals = new ArrayList<>();
        for (final Found.Refusal refusal : found.refusals()) {
            refusals.add(refusal.toString());
        }
        for (final Choosing way : ways) {
            if (way instanceof PickChoosing picks) {
                refusals.addAll(picks.refusals());
            }
        }
        return refusals;
    }
}
