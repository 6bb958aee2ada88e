package dev.tilesmith.sweep;

import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.runtime.SpinningPool;
import dev.tilesmith.spec.SweptShape;
import dev.tilesmith.sweep.Request.Until;
import dev.tilesmith.sweep.course.ConsoleProgress;
import dev.tilesmith.sweep.course.ConsoleProgress.Display;
import dev.tilesmith.sweep.course.Outcome;
import dev.tilesmith.sweep.course.Picks;
import dev.tilesmith.sweep.course.Progress;
import dev.tilesmith.sweep.course.Sweep;
import dev.tilesmith.sweep.limit.Limits;
import dev.tilesmith.sweep.limit.ReadLimits;
import dev.tilesmith.sweep.measure.Budget;
import dev.tilesmith.sweep.measure.Clock;
import dev.tilesmith.sweep.plan.DefaultShapes;
import dev.tilesmith.sweep.plan.Plan;
import dev.tilesmith.sweep.report.ReportCommand;
import dev.tilesmith.sweep.stand.KernelStands;
import dev.tilesmith.sweep.stand.OtherWork;
import dev.tilesmith.sweep.store.Journal;
import dev.tilesmith.sweep.store.ProfileFile;
import dev.tilesmith.sweep.store.SweepFile;
import dev.tilesmith.tune.Machine;
import dev.tilesmith.tune.TuningProfile;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sweeps one declaration after the other, and writes what was found of each. */
final class Session {
    private static final Duration AWAKE = Duration.ofMillis(10);

    private final Request request;
    private final Machine machine;
    private final PrintStream out;
    private final Clock clock = Clock.ofSystem();

    Session(Request request, Machine machine, PrintStream out) {
        this.request = request;
        this.machine = machine;
        this.out = out;
    }

    void run() throws IOException {
        final Declarations declarations =
                new Declarations(Thread.currentThread().getContextClassLoader());
        final List<String> names = request.declarations();
        final List<DispatchTable<? extends MatMulKernel>> tables = new ArrayList<>();
        for (final String name : names) {
            tables.add(declarations.table(name));
        }
        try (SpinningPool pool =
                new SpinningPool(Math.max(1, request.threads() - 1), request.threads() == 1 ? Duration.ZERO : AWAKE)) {
            final RunOptions options =
                    request.threads() == 1 ? RunOptions.DEFAULT : RunOptions.DEFAULT.on(pool, request.threads());
            final long start = clock.nanos();
            for (int i = 0; i < names.size(); i++) {
                final long left = Math.max(1, request.budget().toNanos() - (clock.nanos() - start));
                sweep(names.get(i), tables.get(i), options, Duration.ofNanos(left / (names.size() - i)));
            }
        }
    }

    private void sweep(String name, DispatchTable<? extends MatMulKernel> table, RunOptions options, Duration budget)
            throws IOException {
        final KernelStands stands = new KernelStands(table, options);
        final Plan plan =
                new Plan(shapes(name, stands), request.triedKnobs(), request.threads(), request.pace(), budget);
        switch (request.until()) {
            case LISTED -> list(name, stands, plan);
            case WRITTEN, VERIFIED -> sweep(name, table, stands, plan);
        }
    }

    private List<SweptShape> shapes(String name, KernelStands stands) {
        return request.shapes().isEmpty()
                ? request.index().shapes(name).orElseGet(() -> DefaultShapes.of(stands.formats(), machine.caches()))
                : request.shapes();
    }

    private void list(String name, KernelStands stands, Plan plan) {
        out.println(name + ": " + stands.formats());
        for (final SweptShape shape : plan.shapes()) {
            out.println("  " + shape);
            stands.candidates(shape).forEach(candidate -> out.println("    " + candidate));
        }
        plan.knobs().forEach(knob -> out.println("  " + knob.code() + ", in " + knob.unit()));
    }

    private void sweep(String name, DispatchTable<? extends MatMulKernel> table, KernelStands stands, Plan plan)
            throws IOException {
        final Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        final OtherWork others = new OtherWork();
        Files.createDirectories(folder(name));
        final Journal journal =
                Journal.open(folder(name).resolve("sweep.jsonl"), name + " on " + machine + "; " + plan.settings());
        final Budget budget = new Budget(clock, plan.budget().toNanos(), journal.spent());
        final Progress progress = new ConsoleProgress(out, clock, budget, display());
        if (!journal.entries().isEmpty()) {
            progress.say(name + ": goes on after "
                    + Duration.ofNanos(journal.spent()).toSeconds() + " s");
        }
        final List<String> notices = new ArrayList<>();
        others.before().ifPresent(notices::add);
        notices.forEach(progress::say);
        final Sweep.Surroundings surroundings = new Sweep.Surroundings(clock, others, progress, machine.caches());
        final Outcome outcome = new Sweep(plan, stands, journal, budget, surroundings).run();
        notices.addAll(outcome.notices());
        others.meanwhile().ifPresent(notices::add);
        others.meanwhile().ifPresent(progress::say);
        final Picks picks = new Picks(machine.caches());
        new SweepFile(machine, name, stands.formats().name(), started.toString(), plan.threads(), limits(plan))
                .write(
                        folder(name).resolve("sweep.json"),
                        outcome.measured(),
                        picks::classOf,
                        outcome.knobs(),
                        outcome.picks(),
                        notices);
        if (!outcome.measured().isEmpty()) {
            progress.say("wrote " + ReportCommand.beside(folder(name).resolve("sweep.json")));
            final TuningProfile profile = written(started, outcome, progress);
            if (request.until() == Until.VERIFIED) {
                new Verification(table, stands, clock, plan.pace(), profile)
                        .run(outcome.measured())
                        .forEach(progress::say);
            }
        }
    }

    private Limits limits(Plan plan) {
        return plan.threads() == 1 ? new ReadLimits(machine.caches(), clock).measure(plan.pace()) : Limits.UNKNOWN;
    }

    private TuningProfile written(Instant started, Outcome outcome, Progress progress) throws IOException {
        final LocalDate day = LocalDate.ofInstant(started, ZoneOffset.UTC);
        final Path file = ProfileFile.at(request.profile().orElse(request.folder()), machine);
        final TuningProfile merged =
                ProfileFile.merge(file, ProfileFile.found(machine, day, outcome.knobs(), outcome.picks()));
        progress.say("wrote " + file + ": put it into " + TuningProfile.resourceName(machine)
                + " among your resources, or start with -Dtilesmith.profile=" + file);
        return merged;
    }

    /** Of one declaration the folder itself, else one for each within. */
    private Path folder(String name) {
        return request.declarations().size() == 1
                ? request.folder()
                : request.folder().resolve(name);
    }

    private static Display display() {
        // There is none where input or output goes elsewhere.
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
                ? Display.TERMINAL
                : Display.LOG;
    }
}
