package dev.tilesmith.bench;

import dev.tilesmith.bench.model.ArmKernels;
import dev.tilesmith.bench.model.LlvmMca;
import dev.tilesmith.bench.model.Loop;
import dev.tilesmith.bench.model.ModelledLoop;
import dev.tilesmith.bench.model.Prediction;
import dev.tilesmith.bench.model.StaticReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The inner loops of the micro-kernels for Arm on models of its server cores, by llvm-mca; SME's, which it has no model
 * of, are counted. Writes {@code static.json} and {@code static.md}.
 */
public final class StaticModel {
    private StaticModel() {}

    /** Ends with 1, saying what to install, where there is no llvm-mca that has the models. */
    public static void main(String[] args) throws IOException, InterruptedException {
        final Optional<LlvmMca> found = LlvmMca.find();
        if (found.isEmpty()) {
            System.err.println(LlvmMca.hint());
            System.exit(1);
        }
        final LlvmMca mca = found.orElseThrow();
        final Path results = Path.of(System.getProperty("tilesmith.bench.results", "target/results"));
        final Path sources = results.resolve("static");
        Files.createDirectories(sources);
        final List<ModelledLoop> modelled = new ArrayList<>();
        for (final Loop loop : ArmKernels.loops(sources)) {
            modelled.add(new ModelledLoop(loop, predictions(mca, loop)));
        }
        final StaticReport report = new StaticReport(mca.version(), modelled);
        Files.writeString(results.resolve("static.json"), report.json());
        Files.writeString(results.resolve("static.md"), report.all());
        System.out.println(mca.version() + "; the tallest tile of each family.\n\n" + report.tallest());
        System.out.println(
                "All tiles: " + results.toAbsolutePath().resolve("static.md") + ", and static.json beside it");
    }

    private static List<Prediction> predictions(LlvmMca mca, Loop loop) throws IOException, InterruptedException {
        final List<Prediction> predictions = new ArrayList<>();
        for (final String cpu : loop.isScalable() ? List.<String>of() : LlvmMca.CPUS) {
            mca.predict(loop, cpu).ifPresent(predictions::add);
        }
        return predictions;
    }
}
