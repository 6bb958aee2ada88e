package dev.tilesmith.fuzz;

import dev.tilesmith.cpu.CpuProfile;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Variant;
import java.util.List;
import java.util.Locale;

/** Names of variants and of CPUs, as they are and with letters changed: taken for what they say, or refused. */
final class NameProblem implements Problem {
    private static final String LETTERS = "0123456789_xpabfqsiv.- \u00e9\ud83d\ude00\0\n";

    private final List<Subject> subjects;

    NameProblem(List<Subject> subjects) {
        this.subjects = subjects;
    }

    @Override
    public void solve(Draw draw) {
        if (draw.oneIn(2)) {
            cpu(draw);
        } else {
            variant(draw);
        }
    }

    private static void cpu(Draw draw) {
        final CpuProfile profile = draw.from(CpuProfile.all());
        final String known = draw.from(profile.names());
        final boolean changed = draw.oneIn(2);
        final String name = draw.note("cpu", changed ? changed(draw, known) : cased(draw, known));
        final Oracle oracle = new Oracle();
        if (changed) {
            oracle.doubt("cpu profile", "'" + name + "'");
        }
        oracle.judge(() -> {
            final CpuProfile found = CpuProfile.named(name);
            if (!changed && !found.equals(profile)) {
                throw new Finding(name + " is taken for " + found.name());
            }
        });
    }

    private static String cased(Draw draw, String name) {
        return draw.oneIn(2) ? name.toUpperCase(Locale.ROOT).replace("-", draw.of("", " ", "_", ".")) : name;
    }

    private void variant(Draw draw) {
        final Subject subject = draw.from(subjects);
        final DispatchTable<? extends MatMulKernel> table = subject.table();
        final String known =
                draw.from(draw.from(subjects).kernel().family().variants()).name();
        final String name = draw.note("variant", draw.oneIn(3) ? known : changed(draw, known));
        final Oracle oracle = new Oracle();
        final boolean has =
                table.variants().stream().anyMatch(variant -> variant.name().equals(name));
        if (!has) {
            oracle.fault("variant", "'" + name + "'");
            oracle.fault(subject.kernel().getClass().getInterfaces()[0].getName(), name);
        }
        oracle.judge(() -> {
            try {
                final MatMulKernel kernel = (MatMulKernel) table.kernel(name);
                if (!kernel.family().variants().contains(Variant.parse(name))) {
                    throw new Finding(name + " gives " + kernel);
                }
            } catch (IllegalStateException e) {
                // one that this machine cannot run: table.kernel says so by this exception
                if (!has || String.valueOf(e.getMessage()).isEmpty()) {
                    throw e;
                }
            }
        });
    }

    private static String changed(Draw draw, String name) {
        final StringBuilder changed = new StringBuilder(name);
        for (int i = draw.between(1, 3); i > 0; i--) {
            final int at = draw.below(changed.length() + 1);
            final char letter = LETTERS.charAt(draw.below(LETTERS.length()));
            switch (draw.below(5)) {
                case 0 -> changed.insert(at, letter);
                case 1 -> changed.delete(at, Math.min(changed.length(), at + draw.between(1, 4)));
                case 2 -> changed.insert(at, "9".repeat(draw.of(1, 10, 16, 400)));
                case 3 -> changed.append(changed);
                default -> {
                    if (at < changed.length()) {
                        changed.setCharAt(at, letter);
                    }
                }
            }
        }
        return changed.toString();
    }
}
