package dev.tilesmith.processor.architecture;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.tilesmith.processor.TilesmithProcessor;
import dev.tilesmith.processor.operation.batch.BatchMatMulOperation;
import dev.tilesmith.processor.operation.conv.Conv2dOperation;
import dev.tilesmith.processor.operation.depthwise.DepthwiseConv2dOperation;
import dev.tilesmith.processor.operation.matmul.MatMulOperation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No stage looks back: each package depends on those that are listed for it, and on nothing else of Tilesmith. */
final class StagesTest {
    private static final String ROOT = "dev.tilesmith.";
    private static final String SPEC = ROOT + "spec";
    private static final String CPU = ROOT + "cpu";
    private static final String RUNTIME = ROOT + "runtime";
    private static final String ARGUMENT = ROOT + "kernel.argument";
    private static final String LAYOUT = ROOT + "kernel.layout";
    private static final String DRIVE = ROOT + "kernel.drive";
    private static final String DISPATCH = ROOT + "kernel.dispatch";
    private static final String PROCESSOR = ROOT + "processor";
    private static final String MODEL = PROCESSOR + ".model";
    private static final String CHECK = PROCESSOR + ".check";
    private static final String PROGRAM = PROCESSOR + ".program";
    private static final String LOWER = PROCESSOR + ".lower";
    private static final String LOWER_JAVA = PROCESSOR + ".lower.vectorapi";
    private static final String LOWER_X86 = PROCESSOR + ".lower.x86";
    private static final String LOWER_AARCH64 = PROCESSOR + ".lower.aarch64";
    private static final String TARGETS = PROCESSOR + ".targets";
    private static final String ASM = PROCESSOR + ".asm";
    private static final String ASM_X86 = PROCESSOR + ".asm.x86";
    private static final String ASM_AARCH64 = PROCESSOR + ".asm.aarch64";
    private static final String EMIT = PROCESSOR + ".emit";
    private static final String OPERATION = PROCESSOR + ".operation";
    private static final String MATMUL = OPERATION + ".matmul";
    private static final String CONV = OPERATION + ".conv";
    private static final String DEPTHWISE = OPERATION + ".depthwise";
    private static final String BATCH = OPERATION + ".batch";
    private static final String PRODUCT = PROCESSOR + ".product";
    private static final String PRODUCT_MODEL = PRODUCT + ".model";
    private static final String PRODUCT_RECIPE = PRODUCT + ".recipe";
    private static final String PRODUCT_CHECK = PRODUCT + ".check";
    private static final String PRODUCT_PLAN = PRODUCT + ".plan";
    private static final String PRODUCT_EMIT = PRODUCT + ".emit";

    /** What each package may depend on besides itself. */
    private static final Map<String, Set<String>> ALLOWED = new TreeMap<>(Map.ofEntries(
            entry(PROCESSOR, Set.of(MODEL, CHECK, EMIT, OPERATION, MATMUL, CONV, DEPTHWISE, BATCH)),
            entry(MODEL, Set.of(SPEC)),
            entry(CHECK, Set.of(SPEC, MODEL)),
            entry(EMIT, Set.of(SPEC, DRIVE, MODEL, ASM)),
            entry(OPERATION, Set.of(MODEL, CHECK, EMIT)),
            entry(MATMUL, Set.of(SPEC, RUNTIME, DRIVE, MODEL, CHECK, EMIT, OPERATION, PRODUCT, PRODUCT_MODEL)),
            entry(CONV, Set.of(SPEC, RUNTIME, DRIVE, MODEL, CHECK, EMIT, OPERATION, PRODUCT, PRODUCT_MODEL)),
            entry(
                    DEPTHWISE,
                    Set.of(
                            SPEC,
                            RUNTIME,
                            DRIVE,
                            MODEL,
                            CHECK,
                            EMIT,
                            OPERATION,
                            PRODUCT,
                            PRODUCT_MODEL,
                            PRODUCT_RECIPE,
                            PRODUCT_CHECK,
                            PRODUCT_PLAN,
                            PRODUCT_EMIT,
                            PROGRAM,
                            LOWER,
                            LOWER_JAVA,
                            TARGETS)),
            entry(
                    BATCH,
                    Set.of(
                            SPEC,
                            RUNTIME,
                            DRIVE,
                            MODEL,
                            CHECK,
                            EMIT,
                            OPERATION,
                            PRODUCT,
                            PRODUCT_MODEL,
                            PRODUCT_RECIPE)),
            entry(PRODUCT, Set.of(SPEC, MODEL, CHECK, EMIT, PRODUCT_MODEL, PRODUCT_CHECK, PRODUCT_PLAN, PRODUCT_EMIT)),
            entry(PRODUCT_MODEL, Set.of(SPEC, MODEL)),
            entry(PRODUCT_RECIPE, Set.of(SPEC, PRODUCT_MODEL, PROGRAM)),
            entry(PRODUCT_CHECK, Set.of(SPEC, MODEL, CHECK, PRODUCT_MODEL, PRODUCT_RECIPE, PRODUCT_PLAN, LOWER)),
            entry(PRODUCT_PLAN, Set.of(SPEC, MODEL, PRODUCT_MODEL, PRODUCT_RECIPE, PROGRAM, LOWER, TARGETS)),
            entry(
                    PRODUCT_EMIT,
                    Set.of(
                            SPEC,
                            RUNTIME,
                            ARGUMENT,
                            LAYOUT,
                            DRIVE,
                            DISPATCH,
                            MODEL,
                            EMIT,
                            PRODUCT_MODEL,
                            PRODUCT_RECIPE,
                            PRODUCT_PLAN,
                            PROGRAM,
                            LOWER,
                            LOWER_JAVA,
                            ASM)),
            entry(PROGRAM, Set.of()),
            entry(LOWER, Set.of(SPEC, LAYOUT, PROGRAM, ASM)),
            entry(LOWER_JAVA, Set.of(PROGRAM, LOWER)),
            entry(LOWER_X86, Set.of(SPEC, ARGUMENT, LAYOUT, PROGRAM, LOWER, ASM, ASM_X86)),
            entry(LOWER_AARCH64, Set.of(SPEC, ARGUMENT, LAYOUT, PROGRAM, LOWER, ASM, ASM_AARCH64)),
            entry(TARGETS, Set.of(SPEC, LOWER, LOWER_X86, LOWER_AARCH64)),
            entry(ASM, Set.of(CPU)),
            entry(ASM_X86, Set.of(ASM)),
            entry(ASM_AARCH64, Set.of(ASM))));

    private static final JavaClasses CLASSES = new ClassFileImporter().importPath(mainClasses());

    private static Path mainClasses() {
        return Path.of(TilesmithProcessor.class
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
    void everyPackageIsListed() {
        final Set<String> found =
                CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
        Assertions.assertEquals(ALLOWED.keySet(), found);
    }

    /** What operations share knows none of them, and none knows another. */
    @Test
    void operationsDoNotMeet() {
        SlicesRuleDefinition.slices()
                .matching(OPERATION + ".(*)..")
                .should()
                .notDependOnEachOther()
                .check(CLASSES);
        ArchRuleDefinition.noClasses()
                .that()
                .resideOutsideOfPackages(PROCESSOR, OPERATION + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(OPERATION + "..")
                .check(CLASSES);
    }

    /** The processor has a list of operations, and uses of each what every operation has. */
    @Test
    void theProcessorKnowsTheListOfOperationsAlone() {
        assertEquals(
                Stream.of(
                                MatMulOperation.class,
                                Conv2dOperation.class,
                                DepthwiseConv2dOperation.class,
                                BatchMatMulOperation.class)
                        .map(operation -> TilesmithProcessor.class.getName() + " -> " + operation.getName())
                        .collect(Collectors.toSet()),
                CLASSES.stream()
                        .filter(type -> !type.getPackageName().startsWith(OPERATION))
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .filter(dependency ->
                                dependency.getTargetClass().getPackageName().startsWith(OPERATION + "."))
                        .map(dependency -> dependency.getOriginClass().getName() + " -> "
                                + dependency.getTargetClass().getName())
                        .collect(Collectors.toSet()));
    }

    @Test
    void aStepBackIsSeen() {
        final ArchRule withoutPrograms = dependsOnlyOn(LOWER_X86, Set.of(SPEC, ARGUMENT, LAYOUT, LOWER, ASM, ASM_X86));
        Assertions.assertThrows(AssertionError.class, () -> withoutPrograms.check(CLASSES));
    }

    private static ArchRule dependsOnlyOn(String name, Set<String> allowed) {
        final List<String> reachable =
                Stream.concat(Stream.of(name), allowed.stream()).toList();
        return ArchRuleDefinition.noClasses()
                .that()
                .resideInAPackage(name)
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are of Tilesmith, but not in " + reachable,
                        type -> type.getPackageName().startsWith(ROOT) && !reachable.contains(type.getPackageName())));
    }
}
