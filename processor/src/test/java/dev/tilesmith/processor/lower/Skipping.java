package dev.tilesmith.processor.lower;

import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Epilogue;
import dev.tilesmith.processor.program.Op;
import dev.tilesmith.processor.program.Pass;
import dev.tilesmith.processor.program.Product;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.processor.program.Register;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Programs as lowerings would see them that do not look at all of one. */
final class Skipping {
    private Skipping() {}

    /** The program without operations of a kind that have one operand. */
    static Program without(Program program, Class<? extends Op> kind) {
        final Map<Register, Register> operands = new HashMap<>();
        program.epilogue().ops().stream()
                .filter(kind::isInstance)
                .forEach(
                        op -> operands.put(op.writes().orElseThrow(), op.reads().getFirst()));
        final List<Pass> passes = program.epilogue().passes().stream()
                .filter(pass -> pass.row().stream().noneMatch(kind::isInstance))
                .map(pass -> new Pass(
                        pass.once(),
                        pass.row().stream()
                                .map(op -> OpChange.withReads(op, read -> operands.getOrDefault(read, read)))
                                .toList()))
                .toList();
        return new Program(
                program.shape(),
                program.contraction(),
                new Epilogue(program.epilogue().parts(), passes));
    }

    /** The program with the contraction of int8 by a product, whatever it was. */
    static Program withProduct(Program program, Product product) {
        return new Program(program.shape(), Contraction.int8(product), program.epilogue());
    }
}
