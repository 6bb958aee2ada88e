package dev.tilesmith.processor.emit;

import dev.tilesmith.processor.asm.x86.MachineCode;
import java.util.List;

/**
 * Machine code as generated sources show it, of whichever architecture.
 *
 * @param size bytes
 * @param lines instructions and labels
 */
record Listing(int size, List<Line> lines) {
    /**
     * A line.
     *
     * @param hex the bytes, or empty
     * @param text as assemblers read it
     */
    record Line(String hex, String text) {}

    static Listing of(MachineCode code) {
        return new Listing(
                code.size(),
                code.lines().stream()
                        .map(line -> new Line(line.hex(), line.text()))
                        .toList());
    }

    static Listing of(dev.tilesmith.processor.asm.aarch64.MachineCode code) {
        return new Listing(
                code.size(),
                code.lines().stream()
                        .map(line -> new Line(line.hex(), line.text()))
                        .toList());
    }
}
