package dev.tilesmith.cpu;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/** HotSpot's flags. A class by itself: it links only where the module {@code jdk.management} is. */
final class HotSpotFlag {
    private HotSpotFlag() {}

    /**
     * Whether a flag is on.
     *
     * @throws RuntimeException if the JVM has no such flag, or is not HotSpot
     */
    static boolean isOn(String flag) {
        return Boolean.parseBoolean(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .getVMOption(flag)
                .getValue());
    }
}
