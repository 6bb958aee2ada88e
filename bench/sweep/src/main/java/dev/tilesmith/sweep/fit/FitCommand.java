package dev.tilesmith.sweep.fit;

import dev.tilesmith.sweep.report.record.SweepReader;
import dev.tilesmith.tune.CostGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command that fits the cost model to sweeps that were made before. */
@Command(
        name = "fit",
        mixinStandardHelpOptions = true,
        description =
                "Fits the cost model to sweeps, and says how well it ranks: with the factors that Tilesmith has, with"
                        + " those that fit, and for each shape with those that fit the other shapes.")
public final class FitCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SWEEP", arity = "1..*", description = "sweeps' sweep.json")
    private List<Path> sweeps = List.of();

    /** A command whose arguments picocli sets. */
    public FitCommand() {}

    @Override
    public Integer call() {
        final List<Observation> all = new ArrayList<>();
        for (int i = 0; i < sweeps.size(); i++) {
            all.addAll(read(i, sweeps.get(i)));
        }
        for (final CostGroup group : CostGroup.values()) {
            final Sample sample = Sample.of(all.stream()
                    .filter(each -> CostGroup.of(each.variant()) == group)
                    .toList());
            if (sample.size() > 0) {
                spec.commandLine().getOut().print(new FitReport(group, sample).text());
            }
        }
        spec.commandLine().getOut().flush();
        return CommandLine.ExitCode.OK;
    }

    private List<Observation> read(int number, Path sweep) {
        try {
            return Observation.of(number, SweepReader.parse(Files.readString(sweep)));
        } catch (IOException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    sweep + " cannot be read (" + e.getClass().getSimpleName() + ")",
                    e);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), sweep + ": " + e.getMessage(), e);
        }
    }
}
