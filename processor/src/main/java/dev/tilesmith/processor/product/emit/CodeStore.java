package dev.tilesmith.processor.product.emit;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.processor.emit.CodeText;
import dev.tilesmith.processor.emit.Detail;
import dev.tilesmith.processor.lower.BlockPacker;
import dev.tilesmith.processor.lower.LineGrouper;
import dev.tilesmith.processor.lower.MachineTarget;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.spec.Schedule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What machine code there is already: declarations that want the same of a target share what was assembled for the first. Kept
 * is text, without the instructions. For one javac, and one thread.
 */
public final class CodeStore {
    /** All that code depends on. */
    private sealed interface Wanted {
        record Tiles(MachineTarget target, int nr, List<Program> programs, Schedule schedule) implements Wanted {}

        record Quantizer(MachineTarget target, Contraction contraction) implements Wanted {}

        record Lines(LineGrouper target, Contraction contraction) implements Wanted {}

        record Packer(BlockPacker target, PanelLayout layout) implements Wanted {}
    }

    private record Key(Wanted wanted, Detail detail) {}

    private final Map<Key, CodeText> known = new HashMap<>();

    /** A store with nothing in it. */
    public CodeStore() {}

    /** The function of all tiles of a family, as {@link MachineTarget#assemble} has it. */
    public CodeText tiles(MachineTarget target, int nr, List<Program> programs, Schedule schedule, Detail detail) {
        return of(new Wanted.Tiles(target, nr, programs, schedule), detail);
    }

    /** The function that quantizes rows. */
    CodeText quantizer(MachineTarget target, Contraction contraction, Detail detail) {
        return of(new Wanted.Quantizer(target, contraction), detail);
    }

    /** The function that lays lines of images in groups of columns. */
    public CodeText lines(LineGrouper target, Contraction contraction, Detail detail) {
        return of(new Wanted.Lines(target, contraction), detail);
    }

    /** The function that packs ggml's blocks. */
    CodeText packer(BlockPacker target, PanelLayout layout, Detail detail) {
        return of(new Wanted.Packer(target, layout), detail);
    }

    private CodeText of(Wanted wanted, Detail detail) {
        return known.computeIfAbsent(
                new Key(wanted, detail),
                _ -> CodeText.of(
                        switch (wanted) {
                            case Wanted.Tiles(
                                    MachineTarget target,
                                    int nr,
                                    List<Program> programs,
                                    Schedule schedule) -> target.assemble(nr, programs, schedule);
                            case Wanted.Quantizer(MachineTarget target, Contraction contraction) ->
                                target.quantizer(contraction);
                            case Wanted.Lines(LineGrouper target, Contraction contraction) -> target.lines(contraction);
                            case Wanted.Packer(BlockPacker target, PanelLayout layout) -> target.packer(layout);
                        },
                        detail));
    }
}
