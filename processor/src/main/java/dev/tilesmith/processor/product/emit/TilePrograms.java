package dev.tilesmith.processor.product.emit;

import dev.tilesmith.processor.lower.FamilyTiles;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.plan.FamilyPlan;
import dev.tilesmith.processor.product.plan.KernelPlan;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Curve;
import dev.tilesmith.processor.program.Finish;
import dev.tilesmith.processor.program.Multiplication;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.processor.program.TileShape;
import dev.tilesmith.spec.Activation;
import java.util.List;

/** Stage four, program: the programs of one family, as its declaration's formats want them. */
public final class TilePrograms implements FamilyTiles {
    private final KernelPlan plan;
    private final FamilyPlan family;

    /** The programs of {@code family}, one of {@code plan}'s. */
    public TilePrograms(KernelPlan plan, FamilyPlan family) {
        this.plan = plan;
        this.family = family;
    }

    @Override
    public Contraction contraction() {
        return family.contraction();
    }

    @Override
    public int nr() {
        return family.nr();
    }

    @Override
    public List<Integer> mrs() {
        return family.mrs();
    }

    /** The tile of so many rows. */
    public Program tile(int mr) {
        return program(new TileShape(mr, family.vectors(), family.lanes()), family.contraction());
    }

    @Override
    public Program program(TileShape shape, Multiplication multiplication) {
        return program(
                shape,
                plan.recipe()
                        .contraction(multiplication, plan.declaration())
                        .orElseThrow(() -> new IllegalArgumentException("multiplication: no product for "
                                + plan.recipe().formats())));
    }

    private Program program(TileShape shape, Contraction contraction) {
        return new Program(shape, contraction, plan.recipe().epilogue(shape, contraction, finish()));
    }

    private Finish finish() {
        final Declaration declaration = plan.declaration();
        return new Finish(declaration.bias(), curve(declaration.activation()), declaration.clamp());
    }

    private static Curve curve(Activation activation) {
        return switch (activation) {
            case NONE -> Curve.IDENTITY;
            case RELU -> Curve.RELU;
            case RELU6 -> Curve.RELU6;
            case HARD_SWISH -> Curve.HARD_SWISH;
            case SILU -> Curve.SILU;
            case GELU -> Curve.GELU;
            case GELU_TANH -> Curve.GELU_TANH;
        };
    }
}
