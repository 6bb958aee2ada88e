package dev.tilesmith.sweep.report;

import dev.tilesmith.sweep.report.record.PeersFile;
import dev.tilesmith.sweep.report.record.SweepReader;
import dev.tilesmith.sweep.report.record.SweepResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command that writes the report of a sweep that was made before. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Writes the report of a sweep: one HTML file, which needs nothing beside itself.")
public final class ReportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SWEEP", description = "the sweep's sweep.json")
    private Path sweep = Path.of("sweep.json");

    @Option(names = "--peers", paramLabel = "FILE", description = "the bench's peers.json, for ratios to peers")
    private Optional<Path> peers = Optional.empty();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "where the report goes; report.html beside the sweep where nothing is said")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--picture", paramLabel = "FILE", description = "where the roofline goes too, as an SVG by itself")
    private Optional<Path> picture = Optional.empty();

    /** A command whose arguments picocli sets. */
    public ReportCommand() {}

    /**
     * Writes the report beside a sweep.
     *
     * @return where it is
     * @throws IllegalArgumentException if the file is no sweep
     */
    public static Path beside(Path sweep) throws IOException {
        final Path report = sweep.resolveSibling("report.html");
        Files.writeString(report, Report.of(SweepReader.parse(Files.readString(sweep)), Optional.empty()));
        return report;
    }

    @Override
    public Integer call() throws IOException {
        final SweepResults read = read(sweep, SweepReader::parse);
        final Optional<PeersFile> others = peers.map(file -> read(file, PeersFile::parse));
        final Path report = out.orElseGet(() -> sweep.resolveSibling("report.html"));
        Files.writeString(report, Report.of(read, others));
        spec.commandLine().getOut().println(report);
        if (picture.isPresent()) {
            Files.writeString(picture.get(), picture(read));
            spec.commandLine().getOut().println(picture.get());
        }
        spec.commandLine().getOut().flush();
        return CommandLine.ExitCode.OK;
    }

    private String picture(SweepResults read) {
        try {
            return Report.picture(read);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), sweep + ": " + e.getMessage(), e);
        }
    }

    private <T> T read(Path file, Function<String, T> reader) {
        try {
            return reader.apply(Files.readString(file));
        } catch (IOException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    file + " cannot be read (" + e.getClass().getSimpleName() + ")",
                    e);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), file + ": " + e.getMessage(), e);
        }
    }
}
