package dev.tilesmith.processor.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.tilesmith.processor.TilesmithProcessor;
import dev.tilesmith.runtime.MatMulKernel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * No class of a module depends on one that depends on it, by whatever way. Nested classes count with the class around them, and a
 * sealed family as one: it is one type that has a file for each case.
 */
final class CyclesTest {
    /** A module, whose classes are where one of them is. */
    enum Module {
        KERNEL_SPEC(MatMulKernel.class),
        PROCESSOR(TilesmithProcessor.class);

        private final Class<?> member;

        Module(Class<?> member) {
            this.member = member;
        }

        private JavaClasses classes() {
            return new ClassFileImporter()
                    .importUrl(member.getProtectionDomain().getCodeSource().getLocation());
        }
    }

    @ParameterizedTest
    @EnumSource
    void noClassDependsOnItself(Module module) {
        final JavaClasses classes = module.classes();
        assertTrue(classes.contain(module.member));
        assertEquals(List.of(), cycles(dependencies(classes, families(classes))));
    }

    @Test
    void aCycleIsSeen() {
        assertEquals(
                List.of(Set.of("b", "c")),
                cycles(Map.of("a", Set.of("b"), "b", Set.of("c"), "c", Set.of("b", "d"), "d", Set.of())));
    }

    /** What each class, or family, depends on. */
    private static Map<String, Set<String>> dependencies(JavaClasses classes, Map<String, String> families) {
        final Map<String, Set<String>> all = new TreeMap<>();
        for (final JavaClass type : classes) {
            final String from = family(families, type);
            final Set<String> to = all.computeIfAbsent(from, _ -> new TreeSet<>());
            type.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> classes.contain(target.getName()))
                    .map(target -> family(families, target))
                    .filter(target -> !target.equals(from))
                    .forEach(to::add);
        }
        return all;
    }

    private static String family(Map<String, String> families, JavaClass type) {
        final String name = outermost(type.getName());
        return families.getOrDefault(name, name);
    }

    private static String outermost(String name) {
        final int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }

    /** For each class of a sealed family the topmost of it, by their outermost classes. */
    private static Map<String, String> families(JavaClasses classes) {
        final Map<String, String> parents = new HashMap<>();
        for (final JavaClass type : classes) {
            final Class<?>[] permitted = type.reflect().getPermittedSubclasses();
            for (final Class<?> child : permitted == null ? new Class<?>[0] : permitted) {
                final String above = outermost(type.getName());
                final String below = outermost(child.getName());
                if (!above.equals(below)) {
                    parents.put(below, above);
                }
            }
        }
        return parents.keySet().stream().collect(Collectors.toMap(name -> name, name -> topmost(parents, name)));
    }

    private static String topmost(Map<String, String> parents, String name) {
        String top = name;
        while (parents.containsKey(top)) {
            top = parents.get(top);
        }
        return top;
    }

    /** The sets of nodes that reach each other. */
    private static List<Set<String>> cycles(Map<String, Set<String>> graph) {
        final Map<String, Set<String>> reachable =
                graph.keySet().stream().collect(Collectors.toMap(node -> node, node -> reachable(graph, node)));
        final List<Set<String>> cycles = new ArrayList<>();
        for (final String node : new TreeSet<>(graph.keySet())) {
            final Set<String> together = Stream.concat(Stream.of(node), reachable.get(node).stream())
                    .filter(other -> reachable.get(other).contains(node))
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!together.isEmpty() && cycles.stream().noneMatch(together::equals)) {
                cycles.add(together);
            }
        }
        return cycles;
    }

    private static Set<String> reachable(Map<String, Set<String>> graph, String from) {
        final Set<String> reached = new TreeSet<>();
        final Deque<String> left = new ArrayDeque<>(graph.get(from));
        while (!left.isEmpty()) {
            final String node = left.pop();
            if (reached.add(node)) {
                final Collection<String> next = graph.get(node);
                left.addAll(next);
            }
        }
        return reached;
    }
}
