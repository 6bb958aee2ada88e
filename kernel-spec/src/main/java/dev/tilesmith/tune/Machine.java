package dev.tilesmith.tune;

import dev.tilesmith.cpu.CacheSizes;
import dev.tilesmith.cpu.Cpu;

/**
 * What a profile is of.
 *
 * @param cpu the model, as the system or the maker calls it
 * @param caches its data caches
 * @param jdk the feature release of the JDK: its JIT compiler makes the Java families
 */
public record Machine(String cpu, CacheSizes caches, int jdk) {
    /** A CPU with this JVM. */
    public static Machine of(Cpu cpu) {
        return new Machine(cpu.name(), cpu.caches(), Runtime.version().feature());
    }
}
