package dev.tilesmith.bench.model;

import dev.tilesmith.processor.lower.KernelTarget;
import dev.tilesmith.processor.lower.aarch64.NeonTarget;
import dev.tilesmith.processor.lower.aarch64.SmeTarget;
import dev.tilesmith.processor.product.model.Formats;
import dev.tilesmith.processor.product.recipe.Recipe;
import dev.tilesmith.processor.product.recipe.Recipes;
import dev.tilesmith.processor.targets.Targets;
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

/** The micro-kernels for Arm of every combination of formats that there is machine code of, by the processor itself. */
public final class ArmKernels {
    private ArmKernels() {}

    /**
     * The inner loops of all tiles, by formats and target, the tallest first.
     *
     * @param directory an empty one, for the generated sources
     */
    public static List<Loop> loops(Path directory) throws IOException {
        final Map<String, Formats> declared = new TreeMap<>();
        for (final Formats formats : Recipes.formats()) {
            if (!targets(formats).isEmpty()) {
                declared.put("Kernel" + declared.size(), formats);
            }
        }
        process(declared, directory);
        final List<Loop> loops = new ArrayList<>();
        for (final Map.Entry<String, Formats> kernel : declared.entrySet()) {
            for (final Target target : targets(kernel.getValue())) {
                final Path source = directory.resolve(kernel.getKey() + "_" + camel(target) + ".java");
                loops.addAll(
                        Loops.of(name(kernel.getValue()), target.name(), Loops.listing(Files.readAllLines(source))));
            }
        }
        return loops;
    }

    private static List<Target> targets(Formats formats) {
        final Recipe recipe = Recipes.of(formats).orElseThrow();
        return Targets.all().stream()
                .filter(target -> target instanceof NeonTarget || target instanceof SmeTarget)
                .filter(target -> recipe.contraction(target.multiplication(), recipe.scales(Optional.empty()))
                        .isPresent())
                .map(KernelTarget::target)
                .toList();
    }

    /** As the names of generated types have it. */
    private static String camel(Target target) {
        return Arrays.stream(target.name().split("_", -1))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    private static String name(Formats formats) {
        return (formats.lhs() + "_" + formats.rhs() + "_" + formats.dst()).toLowerCase(Locale.ROOT);
    }

    private static void process(Map<String, Formats> declared, Path directory) {
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

    private static JavaFileObject unit(String name, Formats formats) {
        final String targets =
                targets(formats).stream().map(target -> "Target." + target).collect(Collectors.joining(", "));
        final String source = """
            import dev.tilesmith.spec.*;
            @MatMul(lhs = Format.%s, rhs = Format.%s, dst = Format.%s, targets = {%s})
            public interface %s extends dev.tilesmith.runtime.MatMulKernel {}
            """.formatted(formats.lhs(), formats.rhs(), formats.dst(), targets, name);
        return new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
    }
}
