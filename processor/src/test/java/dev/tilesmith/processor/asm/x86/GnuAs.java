package dev.tilesmith.processor.asm.x86;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * GNU as, the oracle of the encoder. Tests that use it are tagged {@code gnu-as}: the build leaves them out, and says so,
 * where it can neither find nor install it.
 */
final class GnuAs {
    private final Path folder;

    GnuAs(Path folder) {
        this.folder = folder;
    }

    /** The bytes of the text section of a source in Intel syntax. */
    byte[] assemble(String source) throws IOException, InterruptedException {
        final Path text = folder.resolve("code.s");
        final Path object = folder.resolve("code.o");
        final Path binary = folder.resolve("code.bin");
        Files.writeString(text, source);
        run("as", "--64", "-o", object.toString(), text.toString());
        run("objcopy", "-O", "binary", "-j", ".text", object.toString(), binary.toString());
        return Files.readAllBytes(binary);
    }

    /** Which of the instructions in Intel syntax it refuses for a CPU, as {@code -march} names one. */
    Set<Integer> refused(String march, List<String> instructions) throws IOException, InterruptedException {
        final Path text = folder.resolve("code.s");
        Files.write(
                text,
                Stream.concat(Stream.of(".intel_syntax noprefix; here:"), instructions.stream())
                        .toList());
        final Path log = folder.resolve("log");
        final int exit = start(
                log,
                "as",
                "--64",
                "-march=" + march,
                "-o",
                folder.resolve("code.o").toString(),
                text.toString());
        final Set<Integer> lines = Files.readAllLines(log).stream()
                .filter(line -> line.contains(": Error: "))
                .map(line ->
                        Integer.parseInt(line.substring(line.indexOf(":") + 1).split(":", 2)[0]) - 2)
                .collect(Collectors.toCollection(TreeSet::new));
        if (exit != 0 && lines.isEmpty()) {
            throw new AssertionError("as -march=" + march + " failed\n" + Files.readString(log));
        }
        return lines;
    }

    private void run(String... command) throws IOException, InterruptedException {
        final Path log = folder.resolve("log");
        if (start(log, command) != 0) {
            final String said = Files.readString(log, StandardCharsets.UTF_8);
            throw new AssertionError(
                    String.join(" ", command) + " failed; binutils 2.40 or newer is needed\n" + quoted(said));
        }
    }

    private static int start(Path log, String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start()
                    .waitFor();
        } catch (IOException absent) {
            throw new AssertionError(
                    command[0]
                            + " does not run here; install GNU binutils 2.40 or newer for x86-64 (Debian:"
                            + " binutils-x86-64-linux-gnu)",
                    absent);
        }
    }

    /** The first complaints, each with the line it is about. */
    private String quoted(String said) throws IOException {
        final List<String> source = Files.readAllLines(folder.resolve("code.s"));
        final StringBuilder text = new StringBuilder();
        for (final String line : said.lines().limit(60).toList()) {
            final List<String> parts = Arrays.asList(line.split(":", 3));
            text.append(line);
            if (parts.size() == 3 && parts.get(1).matches("\\d+")) {
                text.append(" <<")
                        .append(source.get(Integer.parseInt(parts.get(1)) - 1))
                        .append(">>");
            }
            text.append('\n');
        }
        return text.toString();
    }
}
