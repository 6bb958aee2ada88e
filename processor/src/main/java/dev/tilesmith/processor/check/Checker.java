package dev.tilesmith.processor.check;

import dev.tilesmith.processor.model.Declared;
import dev.tilesmith.processor.model.KernelType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The rules for declarations of one operation, in groups: a group is asked only where those before it found no error, for it
 * would repeat their faults. First come those that interfaces of every operation keep.
 *
 * @param <D> the operation's declarations
 */
public final class Checker<D extends Declared> {
    private final List<List<? extends Rule<? super D>>> groups;

    /**
     * The rules of an operation.
     *
     * @param type what its declarations are
     * @param own groups of rules of its own
     */
    public Checker(KernelType type, List<List<Rule<? super D>>> own) {
        this.groups = Stream.<List<? extends Rule<? super D>>>concat(shared(type).stream(), own.stream())
                .toList();
    }

    private static List<List<Rule<Declared>>> shared(KernelType type) {
        return List.of(
                List.of(new InterfaceRule(type), new ReleaseRule()),
                List.of(new SupertypesRule()),
                List.of(new KernelRule(type), new ImplementableRule(), new MethodsRule()));
    }

    /** Everything there is to say about a declaration; nothing can be generated for it if there is an error among it. */
    public List<Finding> check(D declaration) {
        final List<Finding> findings = new ArrayList<>();
        for (final List<? extends Rule<? super D>> group : groups) {
            group.forEach(rule -> findings.addAll(rule.check(declaration)));
            if (findings.stream().anyMatch(Finding::isError)) {
                break;
            }
        }
        return List.copyOf(findings);
    }
}
