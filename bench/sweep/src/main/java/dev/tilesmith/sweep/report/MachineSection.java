package dev.tilesmith.sweep.report;

import dev.tilesmith.sweep.limit.Limits;
import dev.tilesmith.sweep.report.markup.Element;
import dev.tilesmith.sweep.report.markup.Node;
import dev.tilesmith.sweep.report.record.Fact;
import dev.tilesmith.sweep.report.record.SweepResults;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/** What was measured on. */
final class MachineSection {
    private static final Set<String> BYTES = Set.of("caches.l1d", "caches.l2", "caches.l3", "caches.line");

    private MachineSection() {}

    static Section of(SweepResults sweep) {
        final List<Element> facts = new ArrayList<>();
        sweep.machine().forEach(fact -> add(facts, fact.name(), value(fact)));
        add(facts, "threads", Integer.toString(sweep.threads()));
        add(facts, "started", sweep.started());
        final Limits limits = sweep.limits();
        limit(facts, "limit of computing", limits.computeGops(), " GOP/s");
        limit(facts, "limit of reading from a cache", limits.cacheGigabytes(), " GB/s");
        limit(facts, "limit of reading from memory", limits.memoryGigabytes(), " GB/s");
        final List<Node> body = new ArrayList<>();
        body.add(Element.of("dl", facts));
        sweep.notices().forEach(notice -> body.add(Section.words(notice)));
        return new Section("machine", "The machine", body);
    }

    private static void limit(List<Element> facts, String name, OptionalDouble limit, String unit) {
        limit.ifPresent(value -> add(facts, name, Figure.speed(value) + unit));
    }

    private static void add(List<Element> facts, String name, String value) {
        facts.add(Element.of("div", Element.of("dt", name), Element.of("dd", value)));
    }

    private static String value(Fact fact) {
        if (BYTES.contains(fact.name()) && fact.value().matches("\\d{1,15}")) {
            return Figure.bytes(Double.parseDouble(fact.value()));
        }
        return fact.value();
    }
}
