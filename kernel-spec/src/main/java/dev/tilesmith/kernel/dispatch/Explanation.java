package dev.tilesmith.kernel.dispatch;

import dev.tilesmith.cpu.CpuFeature;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.runtime.Choice;
import dev.tilesmith.runtime.Family;
import java.util.List;
import java.util.stream.Collectors;

/** Lays a choice out as a table for people to read. */
final class Explanation {
    private Explanation() {}

    static String of(String kernel, Host host, List<Choice> choices) {
        final StringBuilder text = new StringBuilder();
        text.append(kernel).append(" on ").append(host.cpu().name()).append('\n');
        text.append("  CPU: ")
                .append(host.cpu().architecture())
                .append(" with ")
                .append(host.cpu().features().stream().map(CpuFeature::label).collect(Collectors.joining(", ")))
                .append("\n       (")
                .append(host.cpu().source())
                .append(")\n       ")
                .append(host.cpu().caches())
                .append("\n  JVM: ")
                .append(jvm(host))
                .append('\n');
        choices.forEach(choice -> text.append(line(choice)));
        return text.toString();
    }

    private static String jvm(Host host) {
        final String vectors = host.jvm()
                .noVectorApi()
                .map(reason -> "no Vector API: " + reason)
                .orElseGet(() -> "Vector API of " + host.jvm().preferredBits() + " bits");
        return host.javaFma()
                ? vectors
                : vectors
                        + "; fused multiply-add in software (-XX:-UseFMA, or a CPU without it): the VECTOR and SCALAR"
                        + " families are\n"
                        + "       right, but very slow; machine code is as ever";
    }

    private static String line(Choice choice) {
        final Family family = choice.family();
        final String tiles = family.maxMr() + "x" + family.nr();
        return "  %-2s %-13s tiles up to %-6s %s%n"
                .formatted(mark(choice.verdict()), family.target(), tiles, choice.reason());
    }

    private static String mark(Choice.Verdict verdict) {
        return switch (verdict) {
            case CHOSEN -> "->";
            case USABLE -> "ok";
            case UNUSABLE -> "--";
        };
    }
}
