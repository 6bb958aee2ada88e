package dev.tilesmith.runtime;

import dev.tilesmith.cpu.Host;
import java.util.List;

/** Lays a choice out as a table for people to read. */
final class Explanation {
    private Explanation() {}

    static String of(String kernel, Host host, List<Choice> choices) {
        final StringBuilder text = new StringBuilder();
        text.append(kernel).append(" on ").append(host.describe()).append('\n');
        for (final Choice choice : choices) {
            final Family family = choice.family();
            text.append("  %s %-14s %2d x %-3d %s%n"
                    .formatted(
                            mark(choice.verdict()),
                            family.target(),
                            family.maxMr(),
                            family.layout().nr(),
                            choice.reason()));
        }
        return text.toString();
    }

    private static String mark(Choice.Verdict verdict) {
        return switch (verdict) {
            case CHOSEN -> "->";
            case USABLE -> "  ";
            case UNUSABLE -> " x";
        };
    }
}
