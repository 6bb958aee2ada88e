package dev.tilesmith.processor.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.tilesmith.processor.TilesmithProcessor;
import dev.tilesmith.processor.lower.JavaTarget;
import dev.tilesmith.processor.lower.aarch64.NeonTarget;
import dev.tilesmith.processor.lower.aarch64.SmeTarget;
import dev.tilesmith.processor.lower.x86.AmxTarget;
import dev.tilesmith.processor.lower.x86.X86Target;
import dev.tilesmith.processor.product.recipe.Recipes;
import dev.tilesmith.processor.targets.Targets;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Target;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The stages do not know formats and targets one by one: their constants are named where the list of them is, and by targets themselves. */
final class NamedInOnePlaceTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importPath(Path.of(TilesmithProcessor.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .getPath()));

    @Test
    void recipesNameFormats() {
        assertEquals(names(Recipes.class), naming(Format.class));
    }

    @Test
    void targetsNameThemselves() {
        assertEquals(
                names(
                        Targets.class,
                        JavaTarget.class,
                        X86Target.class,
                        AmxTarget.class,
                        NeonTarget.class,
                        SmeTarget.class),
                naming(Target.class));
    }

    private static Set<String> names(Class<?>... types) {
        return Arrays.stream(types).map(Class::getName).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Classes of the processor that read a constant of an enum; a nested one counts as the one around it. */
    private static Set<String> naming(Class<? extends Enum<?>> constants) {
        return CLASSES.stream()
                .flatMap(type -> type.getFieldAccessesFromSelf().stream())
                .filter(access -> isConstant(access, constants))
                .map(access -> access.getOriginOwner().getName().split("\\$", -1)[0])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isConstant(JavaFieldAccess access, Class<? extends Enum<?>> constants) {
        return access.getTargetOwner().isEquivalentTo(constants)
                && Stream.of(constants.getEnumConstants()).anyMatch(constant -> constant.name()
                        .equals(access.getTarget().getName()));
    }
}
