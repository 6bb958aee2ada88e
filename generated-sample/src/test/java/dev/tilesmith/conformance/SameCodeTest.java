package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Formats of which another has the machine code, and convolutions, which have that of products: byte for byte, for every target,
 * whatever runs here. So code that is tried there need not be tried again on each CPU that is emulated.
 */
final class SameCodeTest {
    static Stream<FormatUnderTest> formats() {
        return Formats.all().filter(format -> format.sameCode().isPresent());
    }

    @ParameterizedTest
    @MethodSource("formats")
    void everyByteIsTheOtherFormats(FormatUnderTest format) {
        final List<DispatchTable<? extends MatMulKernel>> others =
                format.sameCode().orElseThrow().tables();
        for (int i = 0; i < format.tables().size(); i++) {
            final Map<String, String> own = GeneratedCode.bytes(format.tables().get(i));
            final Map<String, String> other = GeneratedCode.bytes(others.get(i));
            assertFalse(own.isEmpty());
            own.forEach((function, bytes) -> assertEquals(other.get(function), bytes, () -> format + " " + function));
        }
    }

    static Stream<Conv2dFormat> convolutions() {
        return Conv2dFormat.all().stream()
                .filter(convolution -> !convolution.format().tables().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("convolutions")
    void everyByteIsThatOfProducts(Conv2dFormat convolution) {
        final var products = convolution.format().tables().getFirst();
        assertEquals(GeneratedCode.bytes(products), GeneratedCode.bytes(convolution.table()));
    }
}
