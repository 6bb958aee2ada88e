package dev.tilesmith.fuzz;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** All kinds of problems: what each seed is. */
final class Problems {
    private final List<Problem> kinds = new ArrayList<>();

    private final Consumer<String> log;

    /** Problems whose files lie in {@code folder}; {@code log} is told of each choice. */
    Problems(Path folder, Consumer<String> log) {
        this.log = log;
        final List<Subject> subjects = Subject.all();
        add(30, new ProductProblem(subjects));
        add(3, new FileProblem(subjects, folder));
        add(3, new ArgumentProblem(subjects));
        add(2, new HugeProblem(subjects));
        add(1, new DeepProblem(subjects));
        add(2, new NameProblem(subjects));
    }

    private void add(int shares, Problem kind) {
        for (int i = 0; i < shares; i++) {
            kinds.add(kind);
        }
    }

    /**
     * Solves the problem of a seed.
     *
     * @throws Finding if what becomes of it is not right; it says what the problem is
     */
    void solve(long seed) {
        final Draw draw = new Draw(seed, log);
        final Problem kind = draw.from(kinds);
        draw.note("problem", kind.getClass().getSimpleName());
        try {
            kind.solve(draw);
        } catch (Finding e) {
            throw new Finding(e.getMessage() + " [" + draw.notes() + "]", e);
        } catch (Exception | Error e) {
            throw new Finding("not a refusal: " + e + " [" + draw.notes() + "]", e);
        }
    }
}
