package dev.tilesmith.conformance;

import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.Family;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Variant;
import java.util.stream.Stream;

/**
 * A kernel under test.
 *
 * @param format what it multiplies
 * @param variant the tallest tile that it uses
 * @param kernel the kernel, which has the shorter tiles of its family besides
 */
record Tested(FormatUnderTest format, Variant variant, MatMulKernel kernel) {
    /** Each family of a format that runs here, with all of its tiles. */
    static Stream<Tested> families(FormatUnderTest format) {
        return format.tables().stream().flatMap(Families::of).map(kernel -> of(format, kernel));
    }

    /** Each variant of a format that runs here; of machine code that is another format's, of each family the tallest. */
    static Stream<Tested> variants(FormatUnderTest format) {
        return format.tables().stream().flatMap(table -> Families.of(table)
                .flatMap(family -> variants(format, family.family()))
                .map(variant -> of(format, variant, table)));
    }

    private static Stream<Variant> variants(FormatUnderTest format, Family family) {
        return format.sameCode().isEmpty() || Families.isJava(family.target())
                ? family.variants().stream()
                : Stream.of(family.variants().getLast());
    }

    /** A family with all of its tiles. */
    static Tested of(FormatUnderTest format, MatMulKernel kernel) {
        return new Tested(format, kernel.family().variants().getLast(), kernel);
    }

    private static Tested of(FormatUnderTest format, Variant variant, DispatchTable<? extends MatMulKernel> table) {
        return new Tested(format, variant, table.kernel(variant.name()));
    }

    int mr() {
        return variant.mr();
    }

    int nr() {
        return variant.nr();
    }

    @Override
    public String toString() {
        return format + " " + variant;
    }
}
