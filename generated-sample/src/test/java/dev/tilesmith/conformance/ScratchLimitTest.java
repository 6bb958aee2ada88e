package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What calls compute with is bounded, however large the product, counts against no limit of the JVM's, and is given back. */
@EnabledOnOs(OS.LINUX)
final class ScratchLimitTest {
    @Test
    void largeProductsWantLittleMemory() throws Exception {
        final List<String> flags = List.of("-Xms512m", "-Xmx512m", "-XX:MaxDirectMemorySize=4m");
        assertEquals(
                "within bounds", AnotherJvm.run(flags, ScratchLimit.class, "").strip());
    }
}
