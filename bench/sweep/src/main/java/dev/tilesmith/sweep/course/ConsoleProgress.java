package dev.tilesmith.sweep.course;

import dev.tilesmith.sweep.measure.Budget;
import dev.tilesmith.sweep.measure.Clock;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Progress as lines: on a terminal one that is written again and again, elsewhere one now and then. */
public final class ConsoleProgress implements Progress {
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintStream out;
    private final Clock clock;
    private final Budget budget;
    private final Display display;
    private String what = "";
    private long due;

    /** Where progress is shown. */
    public enum Display {
        /** On a terminal. */
        TERMINAL(Duration.ofSeconds(1), CLEAR_LINE, ""),
        /** In a log. */
        LOG(Duration.ofSeconds(30), "", "\n");

        private final Duration interval;
        private final String before;
        private final String after;

        Display(Duration interval, String before, String after) {
            this.interval = interval;
            this.before = before;
            this.after = after;
        }
    }

    /** Progress of what a budget is spent on. */
    public ConsoleProgress(PrintStream out, Clock clock, Budget budget, Display display) {
        this.out = out;
        this.clock = clock;
        this.budget = budget;
        this.display = display;
        this.due = clock.nanos();
    }

    @Override
    public void begin(String doing) {
        what = doing;
    }

    @Override
    public void tick() {
        final long now = clock.nanos();
        if (now < due) {
            return;
        }
        due = now + display.interval.toNanos();
        out.print(display.before + what + "; " + left(Duration.ofNanos(budget.left())) + " left" + display.after);
        out.flush();
    }

    private static String left(Duration time) {
        return time.toMinutes() + ":" + String.format(Locale.ROOT, "%02d", time.toSecondsPart());
    }

    @Override
    public void say(String line) {
        out.print(display.before + line + "\n");
        out.flush();
        due = clock.nanos();
    }
}
