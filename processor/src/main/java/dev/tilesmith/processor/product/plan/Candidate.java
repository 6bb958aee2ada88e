package dev.tilesmith.processor.product.plan;

import dev.tilesmith.processor.lower.KernelTarget;
import dev.tilesmith.processor.lower.RegisterModel;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.spec.Numerics;
import dev.tilesmith.spec.Schedule;
import dev.tilesmith.spec.Target;
import java.util.List;

/**
 * A target that has code for a declaration's formats.
 *
 * @param kernelTarget the target
 * @param contraction what its tiles sum
 */
public record Candidate(KernelTarget kernelTarget, Contraction contraction) {
    /** The target's name. */
    public Target target() {
        return kernelTarget.target();
    }

    /** Whether its results are those of all that are reproducible. */
    public Numerics numerics() {
        return contraction.product().hasOrderOfItsOwn() ? Numerics.FAST : Numerics.REPRODUCIBLE;
    }

    /** How loops along K may go. */
    public List<Schedule> schedules() {
        return kernelTarget.schedules(contraction);
    }

    /** Its registers. */
    public RegisterModel registers() {
        return kernelTarget.registers(contraction);
    }
}
