package dev.tilesmith.kernel.dispatch;

import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.target.TargetTraits;
import dev.tilesmith.setting.Settings;
import dev.tilesmith.spec.Target;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says once, however many kernels there are, that they are slower than need be, and what of the JVM's start makes them so. */
final class StartWarning {
    private StartWarning() {}

    /** For a kernel of {@code served}, before which others were left out for how the JVM was started. */
    static void give(Target served) {
        switch (TargetTraits.of(served)) {
            case TargetTraits.Scalar _ -> Scalar.GIVEN.run();
            case TargetTraits.Vectors _, TargetTraits.MachineCode _ -> Vectors.GIVEN.run();
        }
    }

    private static Runnable log(String how) {
        final Host host = Host.current();
        final String reasons = Stream.of(
                        host.jvm().noVectorApi(),
                        TargetNeeds.noMachineCode(host, Settings.current()).map(Unmet::reason))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("; "));
        System.getLogger(StartWarning.class.getName())
                .log(
                        Level.WARNING,
                        "Tilesmith computes " + how + " than this CPU can: " + reasons
                                + ". See DispatchTable.explain()");
        return () -> {};
    }

    /** Initialized once by the JVM, and so is the warning. */
    private static final class Scalar {
        static final Runnable GIVEN = log("in scalar code, many times slower");

        private Scalar() {}
    }

    /** Like {@link Scalar}. */
    private static final class Vectors {
        static final Runnable GIVEN = log("by the Vector API, slower");

        private Vectors() {}
    }
}
