package dev.tilesmith.conformance;

import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.drive.PlacedCode;
import dev.tilesmith.runtime.Choice;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.Kernel;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Target;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The functions of a family in machine code: constants of the generated class that bears the declaration's name and the
 * target's, such as {@code Int8Kernel_Avx512Vnni.CODE}.
 */
enum GeneratedCode {
    /** The micro-kernels. */
    CODE,
    /** What quantizes rows. */
    QUANTIZER,
    /** What packs blocks. */
    PACKER,
    /** What lays lines of images. */
    LINES;

    /** That of a family in machine code; an error if it has none. */
    PlacedCode of(Kernel kernel) {
        final Class<?> type = generated(kernel, kernel.family().target());
        return in(type).orElseThrow(() -> new LinkageError(type + " has no " + this));
    }

    private Optional<PlacedCode> in(Class<?> type) {
        try {
            return Optional.of((PlacedCode) type.getDeclaredField(name()).get(null));
        } catch (NoSuchFieldException _) {
            return Optional.empty();
        } catch (IllegalAccessException e) {
            throw new LinkageError(type + " hides its " + this, e);
        }
    }

    private static Class<?> generated(Kernel kernel, Target target) {
        final String type = kernel.getClass().getInterfaces()[0].getName() + "_" + title(target);
        try {
            return Class.forName(type);
        } catch (ClassNotFoundException e) {
            throw new LinkageError(type + " was not generated", e);
        }
    }

    /** All of a table, whether it runs here or not: the bytes in hexadecimal digits, by target and function. */
    static SortedMap<String, String> bytes(DispatchTable<?> table) {
        final Kernel kernel = table.best();
        final SortedMap<String, String> bytes = new TreeMap<>();
        for (final Choice choice : table.choices(Host.current())) {
            final Target target = choice.family().target();
            final Class<?> type = generated(kernel, target);
            for (final GeneratedCode function : values()) {
                function.in(type)
                        .map(code -> HexFormat.of().formatHex(code.bytes()))
                        .ifPresent(code -> bytes.put(target + " " + function, code));
            }
        }
        return bytes;
    }

    /** That of every family in machine code that runs here. */
    Stream<PlacedCode> ofAll(DispatchTable<?>... tables) {
        return Stream.of(tables).flatMap(GeneratedCode::inMachineCode).map(this::of);
    }

    /** The families of a table that run here in machine code. */
    static Stream<MatMulKernel> kernels(DispatchTable<?> table) {
        return inMachineCode(table).map(MatMulKernel.class::cast);
    }

    private static Stream<Kernel> inMachineCode(DispatchTable<?> table) {
        return table.usable().stream()
                .map(Kernel.class::cast)
                .filter(kernel -> !Families.isJava(kernel.family().target()));
    }

    /** {@code AVX512_VNNI} as {@code Avx512Vnni}. */
    private static String title(Target target) {
        return Arrays.stream(target.name().split("_", -1))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }
}
