package dev.tilesmith.conformance;

import dev.tilesmith.kernel.drive.PlacedCode;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Target;
import java.util.Arrays;
import java.util.Locale;
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
    PACKER;

    /** That of a family in machine code; an error if it has none. */
    PlacedCode of(MatMulKernel kernel) {
        final String type = kernel.getClass().getInterfaces()[0].getName() + "_"
                + title(kernel.family().target());
        try {
            return (PlacedCode) Class.forName(type).getDeclaredField(name()).get(null);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(type + " has no " + this, e);
        }
    }

    /** That of every family in machine code that runs here. */
    Stream<PlacedCode> ofAll(DispatchTable<?>... tables) {
        return Stream.of(tables).flatMap(GeneratedCode::kernels).map(this::of);
    }

    /** The families of a table that run here in machine code. */
    static Stream<MatMulKernel> kernels(DispatchTable<?> table) {
        return table.usable().stream()
                .map(MatMulKernel.class::cast)
                .filter(kernel -> !Families.isJava(kernel.family().target()));
    }

    /** {@code AVX512_VNNI} as {@code Avx512Vnni}. */
    private static String title(Target target) {
        return Arrays.stream(target.name().split("_", -1))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }
}
