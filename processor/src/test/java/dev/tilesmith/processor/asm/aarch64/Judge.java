package dev.tilesmith.processor.asm.aarch64;

import dev.tilesmith.cpu.CpuFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * An assembler that is the oracle of the encoder. Where it is absent the test fails.
 *
 * <p>LLVM 19 knows every form. GNU as 2.40 knows all but the tables of SME2, which came with 2.41; it is there so that no
 * form of the others rests on one assembler alone.
 */
enum Judge {
    LLVM(EnumSet.allOf(CpuFeature.class)) {
        @Override
        List<String> command(Path source, Path object) {
            return List.of(
                    "llvm-mc-19",
                    "-triple=aarch64",
                    "-mattr=+all",
                    "-filetype=obj",
                    "-o",
                    object.toString(),
                    source.toString());
        }
    },
    GNU(EnumSet.complementOf(EnumSet.of(CpuFeature.SME2))) {
        @Override
        List<String> command(Path source, Path object) {
            return List.of(
                    "aarch64-linux-gnu-as",
                    "-march=armv8.7-a+f32mm+f64mm+sve2+sme+sme-i64+sme-f64+fp16fml",
                    "-o",
                    object.toString(),
                    source.toString());
        }
    };

    private final Set<CpuFeature> known;

    Judge(Set<CpuFeature> known) {
        this.known = known;
    }

    abstract List<String> command(Path source, Path object);

    boolean knows(Form form) {
        return form.needs().metBy(known);
    }

    /** The bytes of the text section. */
    byte[] assemble(Path folder, String text) throws IOException, InterruptedException {
        final Path source = folder.resolve("code.s");
        final Path object = folder.resolve("code.o");
        final Path binary = folder.resolve("code.bin");
        Files.writeString(source, text);
        run(folder, command(source, object));
        run(
                folder,
                List.of(
                        "aarch64-linux-gnu-objcopy",
                        "-O",
                        "binary",
                        "-j",
                        ".text",
                        object.toString(),
                        binary.toString()));
        return Files.readAllBytes(binary);
    }

    /** Which of the instructions LLVM refuses for a CPU, given as it names features. */
    static Set<Integer> refusedByLlvm(Path folder, String features, List<String> instructions)
            throws IOException, InterruptedException {
        final Path source = folder.resolve("code.s");
        Files.write(source, instructions);
        final Path log = folder.resolve("log");
        final int exit = start(
                log,
                List.of(
                        "llvm-mc-19",
                        "-triple=aarch64",
                        "-mattr=-neon,-fp-armv8" + (features.isEmpty() ? "" : "," + features),
                        "-filetype=null",
                        source.toString()));
        final Set<Integer> lines = Files.readAllLines(log).stream()
                .filter(line -> line.contains(": error: "))
                .map(line -> Integer.parseInt(line.split(":", 3)[1]) - 1)
                .collect(Collectors.toCollection(TreeSet::new));
        if (exit != 0 && lines.isEmpty()) {
            throw new AssertionError("llvm-mc-19 for " + features + " failed\n" + Files.readString(log));
        }
        return lines;
    }

    private static void run(Path folder, List<String> command) throws IOException, InterruptedException {
        final Path log = folder.resolve("log");
        if (start(log, command) != 0) {
            throw new AssertionError(String.join(" ", command) + " failed\n"
                    + quoted(folder, Files.readString(log, StandardCharsets.UTF_8)));
        }
    }

    private static int start(Path log, List<String> command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start()
                    .waitFor();
        } catch (IOException absent) {
            throw new AssertionError(
                    command.getFirst()
                            + " does not run here; install GNU binutils 2.40 or newer for AArch64 and LLVM 19 (Debian:"
                            + " binutils-aarch64-linux-gnu, llvm-19)",
                    absent);
        }
    }

    /** The first complaints, each with the line it is about. */
    private static String quoted(Path folder, String said) throws IOException {
        final List<String> source = Files.readAllLines(folder.resolve("code.s"));
        final List<String> quoted = new ArrayList<>();
        for (final String line :
                said.lines().filter(l -> l.contains("rror:")).limit(80).toList()) {
            final List<String> parts = Arrays.asList(line.split(":", 3));
            final boolean numbered = parts.size() == 3 && parts.get(1).matches("\\d+");
            quoted.add(line + (numbered ? " <<" + source.get(Integer.parseInt(parts.get(1)) - 1) + ">>" : ""));
        }
        return String.join("\n", quoted);
    }
}
