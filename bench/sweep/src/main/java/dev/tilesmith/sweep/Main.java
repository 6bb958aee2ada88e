package dev.tilesmith.sweep;

import dev.tilesmith.cpu.Host;
import dev.tilesmith.spec.SweptShape;
import dev.tilesmith.sweep.fit.FitCommand;
import dev.tilesmith.sweep.measure.Pace;
import dev.tilesmith.sweep.report.ReportCommand;
import dev.tilesmith.sweep.stand.OtherBitsException;
import dev.tilesmith.tune.Knob;
import dev.tilesmith.tune.Machine;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** The command: sweeps declarations, and writes what was found. */
@Command(
        name = "sweep",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Measures which variant of declared kernels is best on this machine, and writes a tuning profile.",
        exitCodeListHeading = "%nEnds with%n",
        exitCodeList = {
            "0:what was asked for is done",
            "1:it could not be done: a file cannot be read or written, or nothing runs here",
            "2:the command line is wrong",
            "3:two variants computed different bits"
        })
public final class Main implements Callable<Integer> {
    private static final int FAILED = CommandLine.ExitCode.SOFTWARE;
    private static final int WRONG = CommandLine.ExitCode.USAGE;
    private static final int OTHER_BITS = 3;

    private final PrintStream out;
    private final PrintStream err;
    private final List<Path> classPath;

    @Parameters(
            paramLabel = "<declaration>",
            arity = "0..*",
            description = "Interfaces with @MatMul, by their binary names; by default those with @Sweep.")
    private List<String> names = List.of();

    @Option(
            names = "--shapes",
            split = ",",
            converter = ShapeConverter.class,
            paramLabel = "<MxNxK[-cold]>",
            description = "What to multiply; by default what @Sweep says, else a shape of each class.")
    private List<SweptShape> shapes = List.of();

    @Option(
            names = "--budget",
            converter = BudgetConverter.class,
            defaultValue = "10m",
            paramLabel = "<time>",
            description = "How long all may take: 90s, 10m, 2h. Default: ${DEFAULT-VALUE}.")
    private Duration budget = Duration.ofMinutes(10);

    @Option(names = "--quick", description = "Few turns: to see that it works.")
    private boolean quick;

    @Option(
            names = "--threads",
            defaultValue = "1",
            paramLabel = "<count>",
            description = "On how many threads. Default: ${DEFAULT-VALUE}.")
    private int threads = 1;

    @Option(
            names = "--knob",
            converter = KnobConverter.class,
            paramLabel = "<name>",
            description = "A knob to try, or none; may be given again. By default those that usually tell.")
    private List<KnobChoice> knobs = List.of();

    @Option(
            names = "--out",
            defaultValue = "target/sweep",
            paramLabel = "<folder>",
            description = "Where the results go. Default: ${DEFAULT-VALUE}.")
    private Path folder = Path.of("target/sweep");

    @Option(
            names = "--profile",
            paramLabel = "<path>",
            description =
                    "A tuning profile to add to, or a folder of them; by default that of this machine in the folder.")
    private Optional<Path> profile = Optional.empty();

    @Option(names = "--list", description = "Says what would be measured, and ends.")
    private boolean list;

    @Option(
            names = "--verify",
            description = "Then measures what the table chooses by the profile beside the best of the sweep.")
    private boolean verify;

    /** A command that prints to {@code out}, and what is wrong to {@code err}. */
    Main(PrintStream out, PrintStream err, List<Path> classPath) {
        this.out = out;
        this.err = err;
        this.classPath = List.copyOf(classPath);
    }

    /**
     * Runs the command, and ends the JVM.
     *
     * @param args {@code --help} says which there are
     */
    public static void main(String[] args) {
        final List<Path> classPath = SweepIndex.parts(System.getProperty("java.class.path", ""));
        System.exit(new Main(System.out, System.err, classPath).execute(args));
    }

    /** What the command ends with. */
    int execute(String... args) {
        return new CommandLine(this)
                .addSubcommand(new ReportCommand())
                .addSubcommand(new FitCommand())
                .setOut(new PrintWriter(out, true, out.charset()))
                .setErr(new PrintWriter(err, true, err.charset()))
                .execute(args);
    }

    @Override
    public Integer call() {
        try {
            new Session(request(), Machine.of(Host.current().cpu()), out).run();
            return CommandLine.ExitCode.OK;
        } catch (OtherBitsException e) {
            return failed(e, OTHER_BITS);
        } catch (IllegalArgumentException e) {
            return failed(e, WRONG);
        } catch (IllegalStateException | IOException | UncheckedIOException e) {
            return failed(e, FAILED);
        }
    }

    private int failed(Exception e, int code) {
        err.println(e.getMessage());
        return code;
    }

    private Request request() throws IOException {
        return new Request(
                names,
                SweepIndex.of(classPath),
                shapes,
                budget,
                quick ? Pace.QUICK : Pace.FULL,
                threads,
                knobs,
                folder,
                profile,
                list ? Request.Until.LISTED : verify ? Request.Until.VERIFIED : Request.Until.WRITTEN);
    }

    /**
     * A knob, or none.
     *
     * @param knob which; nothing to try none at all
     */
    record KnobChoice(Optional<Knob> knob) {}

    /** Reads {@code 8x1024x1024}. */
    static final class ShapeConverter implements ITypeConverter<SweptShape> {
        /** As picocli makes it. */
        ShapeConverter() {}

        @Override
        public SweptShape convert(String text) {
            try {
                return SweptShape.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** Reads {@code fetch-near}, and {@code none}. */
    static final class KnobConverter implements ITypeConverter<KnobChoice> {
        /** As picocli makes it. */
        KnobConverter() {}

        @Override
        public KnobChoice convert(String text) {
            if (text.equals("none")) {
                return new KnobChoice(Optional.empty());
            }
            try {
                return new KnobChoice(Optional.of(Knob.named(text)));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
