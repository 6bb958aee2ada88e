package dev.tilesmith.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is no profile is refused in a line that says where, what is there and what would be right. */
final class ProfileRefusedTest {
    private static final List<String> LINES = List.of(
            "tilesmith-profile 1",
            "cpu AMD EPYC",
            "signature family 25 model 1",
            "features avx avx2 fma",
            "caches 32768 524288 33554432 64",
            "jdk 25",
            "source measured 2026-11-30",
            "tune avx2 fetch-near 4096 bytes",
            "pick one/cache f32_f32_f32p16x1_1x16_avx2 41.2 gops, then f32_f32_f32p16x1_1x16_vector256 39.9 gops");

    private static final String KNOBS = "Expected one of tiles-per-block, fetch-near, fetch-far, fetch-far-from,"
            + " lhs-share-of-l2, least-k-block, rows-in-conflict, tiles-to-decode, tiles-to-look-up, rows-for-tiles, rows-for-block-tiles,"
            + " aside-bytes, brief-bytes, brief-work, parts-per-thread, tiles-of-a-part, columns-of-a-part, worth-a-thread,"
            + " rows-that-hide-weights";

    /** A line, what stands there instead, and what is said of that. */
    static Stream<Arguments> lines() {
        return Stream.of(
                of(
                        1,
                        "tilesmith-profile 2",
                        "version '2'; expected 1, the only one that this release of Tilesmith reads"),
                of(1, "", "''; expected 'tilesmith-profile 1'"),
                of(1, "# tilesmith-profile 1", "'# tilesmith-profile 1'; expected 'tilesmith-profile 1'"),
                of(1, "{\"cpu\": 1}", "'{\"cpu\": 1}'; expected 'tilesmith-profile 1'"),
                of(2, "cpu", "after 'cpu' expected a name, one space apart"),
                of(2, "cpu ", "after 'cpu' expected a name, one space apart"),
                of(2, "cpu  AMD", "after 'cpu' expected a name, one space apart"),
                of(
                        2,
                        "cpu AMD  EPYC",
                        "cpu: 'AMD EPYC'; expected at most 100 characters of printable ASCII, and one space between"
                                + " words"),
                of(
                        2,
                        "cpu " + "x".repeat(101),
                        "cpu: '" + "x".repeat(80)
                                + "...'; expected at most 100 characters of printable ASCII, and one space between"
                                + " words"),
                of(2, "cpu\tAMD", "the character 0x09 at column 4; expected printable ASCII alone"),
                of(
                        2,
                        "cpu AMD EPYC\r",
                        "the character 0x0d at column 13; expected printable ASCII alone, lines that end with LF"),
                of(2, "cpu AMD\0", "the character 0x00 at column 8; expected printable ASCII alone"),
                of(2, "cpu Größe", "the character 0xf6 at column 7; expected printable ASCII alone"),
                of(
                        2,
                        "<<<<<<< ours",
                        "line: '<<<<<<<' is unknown; did you mean 'cpu'? Expected one of cpu, signature, features,"
                                + " caches, jdk, source, tune, pick"),
                of(2, " cpu AMD EPYC", "after '' expected a word for what the line tells, one space apart"),
                of(2, "# " + "x".repeat(499), "501 characters; expected at most 500 in a line"),
                of(
                        4,
                        "features avx avx3",
                        "feature: 'avx3' is unknown; did you mean 'avx'? Expected one of sse4_2, avx, avx2, fma, f16c,"
                                + " bmi1, bmi2, avx512, avx512_vnni, avx_vnni, avx_vnni_int8, avx512_bf16, avx512_fp16,"
                                + " avx512_vbmi, gfni, amx_tile, amx_int8, amx_bf16, neon, fp16, fhm, dotprod, i8mm, bf16,"
                                + " sve, sve2, sve_i8mm, sve_bf16, sme, sme_i16i64, sme_f64f64, sme2"),
                of(4, "features avx avx", "features: 'avx' twice; expected it once"),
                of(4, "features avx neon", "features: 'avx neon' are of more than one architecture; expected one's"),
                of(
                        5,
                        "caches 32768 524288 33554432",
                        "after 'caches 32768 524288 33554432' expected bytes of a line, one space apart"),
                of(
                        5,
                        "caches 32768 524288 33554432 64 64",
                        "'64'; expected the end of the line after 'caches 32768 524288 33554432 64'"),
                of(5, "caches 0 524288 33554432 64", "bytes of the first-level cache: '0'; expected 1 to 2147483647"),
                of(
                        5,
                        "caches 32768 2147483648 0 64",
                        "bytes of the second-level cache: '2147483648'; expected 1 to 2147483647"),
                of(5, "caches 32768 524288 -1 64", "bytes of the third-level cache: '-1'; expected 0 to 2147483647"),
                of(
                        5,
                        "caches 32768 524288 1 " + "9".repeat(400),
                        "bytes of a line: '" + "9".repeat(80) + "...'; expected 1 to 2147483647"),
                of(6, "jdk 25.0.1", "jdk: '25.0.1'; expected 1 to 9999"),
                of(6, "jdk 025", "jdk: '025'; expected 1 to 9999"),
                of(6, "jdk 25 ", "''; expected the end of the line after 'jdk 25'"),
                of(
                        7,
                        "source " + "x".repeat(201),
                        "source: '" + "x".repeat(80)
                                + "...'; expected at most 200 characters of printable ASCII, and one space between"
                                + " words"),
                of(7, "cpu AMD EPYC", "'cpu' is told in line 2 already; expected it once"),
                of(
                        8,
                        "tune avx fetch-near 4096 bytes",
                        "target: 'avx' is unknown; did you mean 'avx2'? Expected one of scalar, vector128, vector256,"
                                + " vector512, avx2, avxvnni, avx512, avx512vnni, avx512bf16, amx, neondotprod, neoni8mm, neonbf16, sme, sme2"),
                of(
                        8,
                        "tune avx2 fetch-nera 4096 bytes",
                        "knob: 'fetch-nera' is unknown; did you mean 'fetch-near'? " + KNOBS),
                of(8, "tune avx2 fetch-near 4k bytes", "fetch-near: '4k'; expected 0 to 1048576"),
                of(8, "tune avx2 fetch-near 1048577 bytes", "fetch-near: '1048577'; expected 0 to 1048576"),
                of(8, "tune avx2 fetch-near 4096 rows", "'rows'; expected 'bytes'"),
                of(
                        8,
                        "tune avx2 fetch-near 4096",
                        "after 'tune avx2 fetch-near 4096' expected 'bytes', one space apart"),
                of(
                        8,
                        "tune avx2 fetch-near 4096 bytes or so",
                        "'or so'; expected the end of the line after 'tune avx2 fetch-near 4096 bytes'"),
                of(
                        9,
                        "pick one/cash f32_f32_f32p16x1_1x16_avx2 41.2 gops",
                        "class of shapes: 'one/cash' is unknown; did you mean 'one/cache'? Expected one of one/cache,"
                                + " one/memory, few/cache, few/memory, many/cache, many/memory"),
                of(
                        9,
                        "pick one/cache f32 41.2 gops",
                        "variant: 'f32' is not of the form"
                                + " dst_lhs[p<mr>x<kr>]_rhsp<nr>x<kr>_<mr>x<nr>[x<steps>]_target[_nofetch], for example"
                                + " f32_f32_f32p32x1_14x32_avx512vnni"),
                of(
                        9,
                        "pick one/cache f32_f32_f32p16x1_0x16_avx2 41.2 gops",
                        "variant: 'f32_f32_f32p16x1_0x16_avx2'; expected a tile of 1 row, column and value along K or"
                                + " more"),
                of(
                        9,
                        "pick one/cache f32_f32_f32p16x1_1x16_avx2 41,2 gops",
                        "gops: '41,2'; expected a number such as 41.2"),
                of(
                        9,
                        "pick one/cache f32_f32_f32p16x1_1x16_avx2 NaN gops",
                        "gops: 'NaN'; expected a number such as 41.2"),
                of(9, "pick one/cache f32_f32_f32p16x1_1x16_avx2 0 gops", "gops: 0.0; expected 0.000001 to 1000000000"),
                of(9, "pick one/cache f32_f32_f32p16x1_1x16_avx2 41.2 gflops", "'gflops'; expected 'gops'"),
                of(
                        9,
                        "pick one/cache f32_f32_f32p16x1_1x16_avx2 41.2 gops, f32_f32_f32p16x1_1x16_vector256",
                        "'f32_f32_f32p16x1_1x16_vector256'; expected 'then'"),
                of(
                        9,
                        "pick one/cache f32_f32_f32p16x1_1x16_avx2 41.2 gops, then f32_f32_f32p16x1_1x16_avx2 40 gops",
                        "next: 'f32_f32_f32p16x1_1x16_avx2'; expected another variant with the formats of"
                                + " 'f32_f32_f32p16x1_1x16_avx2'"),
                of(
                        9,
                        "pick one/cache f32_f32_f32p16x1_1x16_avx2 41.2 gops, then"
                                + " f32_qai8dxp1x4_qsi8cxp16x4_1x16_avx2 40 gops",
                        "next: 'f32_qai8dxp1x4_qsi8cxp16x4_1x16_avx2'; expected another variant with the formats of"
                                + " 'f32_f32_f32p16x1_1x16_avx2'"),
                of(
                        9,
                        "pick one/cache f32_f32_f32p16x1_1x16_avx2 41.2 gops, then f32_f32_f32p16x1_2x16_avx2 41.3"
                                + " gops",
                        "next: 41.3 gops; expected no more than 41.2, which what is best has"));
    }

    private static Arguments of(int number, String line, String message) {
        return Arguments.of(number, line, "line " + number + ": " + message);
    }

    @ParameterizedTest
    @MethodSource("lines")
    void aLineIsRefusedForWhatItSays(int number, String line, String message) {
        refuses(
                message,
                String.join("\n", LINES.subList(0, number - 1)) + (number > 1 ? "\n" : "") + line + "\n"
                        + String.join("\n", LINES.subList(number, LINES.size())) + "\n");
    }

    @Test
    void everyLineIsThereOnce() {
        for (int i = 1; i < LINES.size(); i++) {
            final String line = LINES.get(i);
            final String[] words = line.split(" ", -1);
            final String told =
                    switch (words[0]) {
                        case "tune" -> "tune fetch-near of avx2";
                        case "pick" -> "pick one/cache of f32_f32_f32";
                        default -> words[0];
                    };
            refuses(
                    "line " + (LINES.size() + 1) + ": '" + told + "' is told in line " + (i + 1)
                            + " already; expected it once",
                    text(LINES) + line + "\n");
        }
    }

    @Test
    void whatKeysAProfileIsThere() {
        for (final String wanted : List.of("cpu", "caches", "jdk", "source")) {
            final List<String> others =
                    LINES.stream().filter(line -> !line.startsWith(wanted)).toList();
            refuses("line 8: no line '" + wanted + "' up to the end; expected one", text(others));
        }
    }

    /** An end in the middle of a line is seen; one between lines leaves a profile, or what lacks a line that must be there. */
    @Test
    void anEndInALineIsSeen() {
        final String text = text(LINES);
        for (int end = 0; end < text.length(); end++) {
            final String cut = text.substring(0, end);
            if (!cut.isEmpty() && !cut.endsWith("\n")) {
                final String[] lines = cut.split("\n", -1);
                final String last = lines[lines.length - 1];
                refuses(
                        "line " + lines.length + ": '"
                                + last.substring(0, Math.min(80, last.length())).strip()
                                + (last.strip().length() >= 80 ? "..." : "")
                                + "' is cut off; expected every line to end with LF",
                        cut);
            }
        }
    }

    @Test
    void anEmptyFileIsRefused() {
        refuses("line 1: nothing; expected 'tilesmith-profile 1'", "");
    }

    @Test
    void aFileOfAnySizeIsRefusedBeforeItIsLookedAt() {
        final String largest = text(LINES) + "\n".repeat((1 << 20) - text(LINES).length());
        assertEquals(TuningProfile.parse(text(LINES)), TuningProfile.parse(largest));
        refuses("it has more than 1048576 characters; expected no more than that", largest + "\n");
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }

    private static void refuses(String message, String text) {
        final ProfileRefusedException refused =
                assertThrows(ProfileRefusedException.class, () -> TuningProfile.parse(text));
        assertEquals(message, refused.getMessage());
        assertTrue(message.chars().allMatch(PlainText::isPlain), message);
    }
}
