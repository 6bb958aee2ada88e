package dev.tilesmith.bench.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class InstructionsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fmla v0.4s, v28.4s, v24.s[3]                            | fmla   | v0                    | 4
            sdot v19.4s, v31.16b, v28.4b[3]                         | sdot   | v19                   | 16
            smmla v6.4s, v25.16b, v28.16b                           | smmla  | v6                    | 32
            usmmla v6.4s, v25.16b, v28.16b                          | usmmla | v6                    | 32
            bfdot v6.4s, v25.8h, v28.2h[1]                          | bfdot  | v6                    | 8
            bfmmla v6.4s, v25.8h, v28.8h                            | bfmmla | v6                    | 16
            smopa za3.s, p0/m, p1/m, z0.b, z1.b                     | smopa  | za3.s                 | 0
            fmopa za0.s, p0/m, p1/m, z0.s, z1.s                     | fmopa  | za0.s                 | 0
            'sdot za.s[w8, 0, vgx4], {z0.b-z3.b}, z4.b[1]'          | sdot   | 'za.s[w8, 0, vgx4]'   | 0
            'fmla za.s[w8, 4, vgx4], {z0.s-z3.s}, z4.s[1]'          | fmla   | 'za.s[w8, 4, vgx4]'   | 0
            """)
    void multiplicationsAreKnown(String instruction, String mnemonic, String destination, int products) {
        assertEquals(Optional.of(new Multiplication(mnemonic, destination, products)), Multiplication.of(instruction));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fmul v0.4s, v1.4s, v2.4s",
                "add x17, x17, #16",
                "mls v0.4s, v1.4s, v2.s[0]",
                "madd x0, x1, x2, x3",
                ".Ltile6x16_loop:",
                "ldr q28, [x14]"
            })
    void nothingElseIsAMultiplication(String instruction) {
        assertEquals(Optional.empty(), Multiplication.of(instruction));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'ldr q28, [x14, #16]'                       | 1 | 16
            'ldr s28, [x14, x17]'                       | 1 | 4
            'ldp q28, q29, [x14], #32'                  | 2 | 32
            'ld1 {v0.16b, v1.16b, v2.16b}, [x1]'        | 3 | 48
            'ld1 {v0.s}[1], [x1]'                       | 1 | 4
            'ld1r {v0.4s}, [x1]'                        | 1 | 4
            'ldr z1, [x0]'                              | 1 | 64
            'ld1b {z0.b-z3.b}, pn8/z, [x1]'             | 4 | 256
            'ld1w {z30.s-z1.s}, pn8/z, [x1]'            | 4 | 256
            'ld1w {z0.s}, p0/z, [x1, #1, mul vl]'       | 1 | 64
            'ld1b {z0.s}, p0/z, [x1]'                   | 1 | 16
            'ld1rw {z0.s}, p0/z, [x1]'                  | 1 | 4
            'ld1rqb {z0.b}, p0/z, [x1]'                 | 1 | 16
            'ldnt1b {z0.b, z1.b}, pn8/z, [x1]'          | 2 | 128
            """)
    void loadsAreKnown(String instruction, int vectors, int bytes) {
        assertEquals(Optional.of(new Load(vectors, bytes)), Load.of(instruction));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ldr x15, [x0, #56]", "ldp x19, x20, [sp]", "str q0, [x16]", "st1 {v0.s}[0], [x17], #4"})
    void loadsOfNumbersAndStoresAreNot(String instruction) {
        assertEquals(Optional.empty(), Load.of(instruction));
    }
}
