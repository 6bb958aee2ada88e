package dev.tilesmith.architecture;

import static java.util.Map.entry;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import dev.tilesmith.runtime.MatMulKernel;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each package depends on those that are listed for it, and else on the JDK alone. */
final class PackagesTest {
    private static final String ROOT = "dev.tilesmith.";
    private static final String SPEC = ROOT + "spec";
    private static final String WORD = ROOT + "word";
    private static final String CPU = ROOT + "cpu";
    private static final String TUNE = ROOT + "tune";
    private static final String CODE = ROOT + "code";
    private static final String SIZE = ROOT + "size";
    private static final String RUNTIME = ROOT + "runtime";
    private static final String REFERENCE = ROOT + "reference";
    private static final String SETTING = ROOT + "setting";
    private static final String KERNEL = ROOT + "kernel";
    private static final String ARGUMENT = KERNEL + ".argument";
    private static final String TARGET = KERNEL + ".target";
    private static final String LAYOUT = KERNEL + ".layout";
    private static final String MEMORY = KERNEL + ".memory";
    private static final String THREAD = KERNEL + ".thread";
    private static final String PACKED = KERNEL + ".packed";
    private static final String PACKING = KERNEL + ".packing";
    private static final String DRIVE = KERNEL + ".drive";
    private static final String DISPATCH = KERNEL + ".dispatch";

    /** What each package may depend on besides itself: those that are listed before it. Nothing depends on the reference. */
    private static final SequencedMap<String, Set<String>> ALLOWED = inOrder(List.of(
            entry(SPEC, Set.of()),
            entry(WORD, Set.of()),
            entry(CPU, Set.of(WORD)),
            entry(TUNE, Set.of(SPEC, CPU, WORD)),
            entry(CODE, Set.of()),
            entry(SIZE, Set.of()),
            entry(SETTING, Set.of()),
            entry(RUNTIME, Set.of(SPEC, CPU, TUNE, CODE, SIZE, SETTING)),
            entry(REFERENCE, Set.of(SPEC, RUNTIME, SIZE)),
            entry(ARGUMENT, Set.of()),
            entry(TARGET, Set.of(SPEC, CPU)),
            entry(LAYOUT, Set.of(SPEC, SIZE, RUNTIME, ARGUMENT, TARGET)),
            entry(MEMORY, Set.of(CODE, RUNTIME)),
            entry(THREAD, Set.of()),
            entry(PACKED, Set.of(SPEC, SIZE, RUNTIME, LAYOUT, MEMORY)),
            entry(PACKING, Set.of(SPEC, CODE, RUNTIME, ARGUMENT, LAYOUT, MEMORY, THREAD, PACKED)),
            entry(
                    DRIVE,
                    Set.of(
                            SPEC, CPU, TUNE, CODE, SIZE, RUNTIME, ARGUMENT, TARGET, LAYOUT, MEMORY, THREAD, PACKED,
                            PACKING)),
            entry(DISPATCH, Set.of(SPEC, CPU, TUNE, CODE, SETTING, RUNTIME, TARGET, LAYOUT, DRIVE))));

    /** The JDK; and annotations that are not there at run time. */
    private static final List<String> ELSEWHERE = List.of("java.", "jdk.", "com.sun.management", "org.jspecify.");

    private static final JavaClasses CLASSES = new ClassFileImporter().importPath(mainClasses());

    private static SequencedMap<String, Set<String>> inOrder(List<Map.Entry<String, Set<String>>> entries) {
        final SequencedMap<String, Set<String>> map = new LinkedHashMap<>();
        entries.forEach(entry -> map.put(entry.getKey(), entry.getValue()));
        return map;
    }

    private static Path mainClasses() {
        return Path.of(MatMulKernel.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
    }

    static Stream<String> packages() {
        return ALLOWED.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void dependsOnWhatItMayAlone(String name) {
        dependsOnlyOn(name, ALLOWED.get(name)).check(CLASSES);
    }

    @Test
    void noPackageDependsOnALaterOne() {
        final Set<String> before = new HashSet<>();
        ALLOWED.forEach((name, allowed) -> {
            Assertions.assertTrue(before.containsAll(allowed), () -> name + " depends on " + allowed);
            before.add(name);
        });
    }

    @Test
    void everyPackageIsListed() {
        final Set<String> found = CLASSES.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.isEmpty()) // the module descriptor's
                .collect(Collectors.toSet());
        Assertions.assertEquals(ALLOWED.keySet(), found);
    }

    @Test
    void aForbiddenDependencyIsSeen() {
        final ArchRule withoutCode = dependsOnlyOn(MEMORY, Set.of(RUNTIME));
        Assertions.assertThrows(AssertionError.class, () -> withoutCode.check(CLASSES));
    }

    private static ArchRule dependsOnlyOn(String name, Set<String> allowed) {
        final List<String> reachable =
                Stream.concat(Stream.of(name), allowed.stream()).toList();
        return ArchRuleDefinition.noClasses()
                .that()
                .resideInAPackage(name)
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are neither in " + reachable + " nor the JDK's", type -> !isAllowed(type, reachable)));
    }

    private static boolean isAllowed(JavaClass type, List<String> reachable) {
        final String name = type.getBaseComponentType().getPackageName();
        return type.getBaseComponentType().isPrimitive()
                || reachable.contains(name)
                || ELSEWHERE.stream().anyMatch((name + ".")::startsWith);
    }
}
