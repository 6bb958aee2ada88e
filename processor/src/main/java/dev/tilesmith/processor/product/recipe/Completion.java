package dev.tilesmith.processor.product.recipe;

import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Epilogue;
import dev.tilesmith.processor.program.Epilogues;
import dev.tilesmith.processor.program.Finish;
import dev.tilesmith.processor.program.TileShape;
import dev.tilesmith.spec.Activation;
import java.util.EnumSet;
import java.util.Set;

/** What becomes of the sums of a tile. */
enum Completion {
    /** Sums of f32s, as they are. */
    FLOATS {
        @Override
        Epilogue epilogue(TileShape shape, Contraction contraction, Finish finish) {
            return Epilogues.ofFloats(shape, contraction, finish);
        }
    },
    /** Of rows that have a scale and a zero point each: f32. */
    SCALED_BY_ROW {
        @Override
        Epilogue epilogue(TileShape shape, Contraction contraction, Finish finish) {
            return contraction.hasTotals()
                    ? Epilogues.ofTotals(shape, contraction, finish)
                    : Epilogues.ofSums(shape, contraction, finish);
        }
    },
    /** Of blocks that both sides have scales for, which totals already have in them: f32. */
    SCALED_IN_BLOCKS {
        @Override
        Epilogue epilogue(TileShape shape, Contraction contraction, Finish finish) {
            return Epilogues.ofScaledTotals(shape, contraction, finish);
        }
    },
    /** int8; the bias is part of what is added to every sum. */
    REQUANTIZED {
        @Override
        Epilogue epilogue(TileShape shape, Contraction contraction, Finish finish) {
            return Epilogues.requantized(shape, contraction, finish.clamp());
        }
    },
    /** The sums themselves, which have no bounds; the bias is part of what is added to every sum. */
    EXACT_SUMS {
        @Override
        Epilogue epilogue(TileShape shape, Contraction contraction, Finish finish) {
            return Epilogues.ofExactSums(shape, contraction);
        }
    };

    /** The operations on the sums of a tile, with what is done with each result. */
    abstract Epilogue epilogue(TileShape shape, Contraction contraction, Finish finish);

    /** What may be applied to results: any function to those in f32. */
    Set<Activation> activations() {
        return switch (this) {
            case FLOATS, SCALED_BY_ROW, SCALED_IN_BLOCKS -> EnumSet.allOf(Activation.class);
            case REQUANTIZED, EXACT_SUMS -> Set.of(Activation.NONE);
        };
    }
}
