package dev.tilesmith.bench.model;

import dev.tilesmith.processor.lower.KernelTarget;
import dev.tilesmith.processor.lower.aarch64.NeonTarget;
import dev.tilesmith.processor.lower.aarch64.SmeTarget;
import dev.tilesmith.processor.product.model.Formats;
import dev.tilesmith.processor.product.recipe.Recipe;
import dev.tilesmith.processor.product.recipe.Recipes;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Multiplication;
import dev.tilesmith.processor.targets.Targets;
import dev.tilesmith.spec.Numerics;
import dev.tilesmith.spec.Target;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The micro-kernels for Arm of every combination of formats that there is machine code of, in either numerics, by the processor itself. */
public final class ArmKernels {
    /** A combination of formats, and the targets whose sums are as its numerics have them. */
    private record Declared(Formats formats, Numerics numerics) {
        List<Target> targets() {
            final Recipe recipe = Recipes.of(formats).orElseThrow();
            return Targets.all().stream()
                    .filter(target -> target instanceof NeonTarget || target instanceof SmeTarget)
                    .filter(target -> sums(recipe, target.multiplication()).isPresent())
                    .map(KernelTarget::target)
                    .toList();
        }

        private Optional<Contraction> sums(Recipe recipe, Multiplication multiplication) {
            return switch (numerics) {
                case REPRODUCIBLE -> recipe.contraction(multiplication, recipe.scales(Optional.empty()));
                case FAST -> recipe.inItsOwnOrder(multiplication);
            };
        }

        /** As reports have it. */
        String name() {
            final String name = (formats.lhs() + "_" + formats.rhs() + "_" + formats.dst()).toLowerCase(Locale.ROOT);
            return switch (numerics) {
                case REPRODUCIBLE -> name;
                case FAST -> name + "_fast";
            };
        }
    }

    private ArmKernels() {}

    /**
     * The inner loops of all tiles, by formats and target, the tallest first.
     *
     * @param directory an empty one, for the generated sources
     */
    public static List<Loop> loops(Path directory) throws IOException {
        final Map<String, Declared> declared = new TreeMap<>();
        for (final Numerics numerics : Numerics.values()) {
            for (final Formats formats : Recipes.formats()) {
                final Declared kernel = new Declared(formats, numerics);
                if (!kernel.targets().isEmpty()) {
                    declared.put("Kernel" + declared.size(), kernel);
                }
            }
        }
        process(declared, directory);
        final List<Loop> loops = new ArrayList<>();
        for (final Map.Entry<String, Declared> kernel : declared.entrySet()) {
            for (final Target target : kernel.getValue().targets()) {
                final Path source = directory.resolve(kernel.getKey() + "_" + camel(target) + ".java");
                loops.addAll(
                        Loops.of(kernel.getValue().name(), target.name(), Loops.listing(Files.readAllLines(source))));
            }
        }
        return loops;
    }

    /** As the names of generated types have it. */
    private static String camel(Target target) {
        return Arrays.stream(target.name().split("_", -1))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    private static void process(Map<String, Declared> declared, Path directory) {
        final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        final String path = System.getProperty("java.class.path");
        final List<String> options = List.of(
                "-proc:only",
                "-s",
                directory.toString(),
                "-classpath",
                path,
                "-processorpath",
                path,
                "-processor",
                "dev.tilesmith.processor.TilesmithProcessor",
                "-Atilesmith.listing",
                "-nowarn",
                "-Xlint:none");
        final List<JavaFileObject> units = declared.entrySet().stream()
                .map(kernel -> unit(kernel.getKey(), kernel.getValue()))
                .toList();
        if (!compiler.getTask(null, null, null, options, null, units).call()) {
            throw new IllegalStateException("javac failed; its messages are above");
        }
    }

    private static JavaFileObject unit(String name, Declared declared) {
        final Formats formats = declared.formats();
        final String targets =
                declared.targets().stream().map(target -> "Target." + target).collect(Collectors.joining(", "));
        final String source =
                """
            import dev.tilesmith.spec.*;
            @MatMul(lhs = Format.%s, rhs = Format.%s, dst = Format.%s, numerics = Numerics.%s, targets = {%s})
            public interface %s extends dev.tilesmith.runtime.MatMulKernel {}
            """.formatted(formats.lhs(), formats.rhs(), formats.dst(), declared.numerics(), targets, name);
        return new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
    }
}
