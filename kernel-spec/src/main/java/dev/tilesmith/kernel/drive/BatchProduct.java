package dev.tilesmith.kernel.drive;

import dev.tilesmith.kernel.layout.ElementKind;
import dev.tilesmith.kernel.layout.LhsFormat;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.layout.ResultFormat;
import dev.tilesmith.kernel.memory.Access;
import dev.tilesmith.kernel.memory.PooledArena;
import dev.tilesmith.kernel.memory.ScratchPool;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.kernel.thread.PartRunner;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackOptions;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Halves;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One call of products in pairs: what is checked of it, and how it is computed. Products that share a right operand are computed
 * together, for it is packed for all of them at once. Where there are as many right operands as threads, each is one thread's;
 * else all threads pack one, and take parts of its products.
 */
final class BatchProduct {
    private final DrivenFamilies families;
    private final BatchOperands operands;
    private final RunOptions options;
    private final ScratchPool pool;

    /** What the elements of right operands are, if these have 16 bits that are packed as they are. */
    private final Optional<Halves> halves;

    BatchProduct(DrivenFamilies families, BatchOperands operands, RunOptions options, ScratchPool pool) {
        this.families = families;
        this.operands = operands;
        this.options = options;
        this.pool = pool;
        this.halves = families.family()
                .layout()
                .weights()
                .halves()
                .filter(_ -> ElementKind.bytes(operands.rhs().first()) == Short.BYTES);
    }

    /** Checks, then computes. */
    void run() {
        final PanelFamily family = families.family();
        families.checkBounds(options);
        LhsFormat.of(family.lhs()).require("lhs", operands.lhs().first());
        ResultFormat.of(family.dst()).require("dst", operands.dst().first());
        if (halves.isEmpty()) {
            ElementKind.requireFloats("rhs", operands.rhs().first());
        }
        operands.checkMemory(options.parallelism());
        final Portion portion = Portion.of(options, operands.dst().first());
        if (operands.dst().size() == 0 || portion.rows() == 0 || portion.columns() == 0) {
            return;
        }
        try {
            if (options.finiteRows()) {
                checkFinite();
            }
            multiply(portion);
        } catch (IllegalStateException e) {
            throw explained(e);
        }
    }

    private void checkFinite() {
        final LhsFormat format = LhsFormat.of(families.family().lhs());
        for (final long place : operands.lhs().offsets()) {
            FiniteRows.check(FiniteRows.Place.ROW, operands.lhs().storedAt(place), format);
        }
    }

    /** Says which operands were closed meanwhile, the left one first. */
    private IllegalStateException explained(IllegalStateException failure) {
        final IllegalStateException ofDst =
                Access.explain(failure, "dst", operands.dst().first());
        final IllegalStateException ofRhs =
                Access.explain(ofDst, "rhs", operands.rhs().first());
        return Access.explain(ofRhs, "lhs", operands.lhs().first());
    }

    private void multiply(Portion portion) {
        final List<Shared> all = shared();
        final int threads = threads(portion);
        if (threads == 1) {
            all.forEach(each -> each.multiply(portion, 1));
        } else if (all.size() >= threads) {
            PartRunner.run(all.size(), options.executor(), threads, part -> all.get(part)
                    .multiply(portion, 1));
        } else {
            all.forEach(each -> each.multiply(portion, threads));
        }
    }

    /** Right operands, each with its products, in the order of these. */
    private List<Shared> shared() {
        final Map<Long, Shared> places = new LinkedHashMap<>();
        for (int index = 0; index < operands.dst().size(); index++) {
            final long place = operands.rhs().offsetOf(index);
            places.computeIfAbsent(place, Shared::new).products.add(index);
        }
        return List.copyOf(places.values());
    }

    /** On how many threads all products together are best computed. */
    private int threads(Portion portion) {
        if (options.parallelism() == 1) {
            return 1;
        }
        final Splitting splitting = families.packer(weights(0), expectedRows()).splitting();
        final double each = WorkSplit.worthThreads(
                portion.rows(), portion.columns(), operands.lhs().columns(), splitting);
        return WorkSplit.threads(each * operands.dst().size(), options.parallelism());
    }

    private int expectedRows() {
        return Math.max(1, operands.dst().rows());
    }

    /** The right operand at a place, as weights that are packed. */
    private Weights weights(long place) {
        final Matrix stored = operands.rhs().storedAt(place);
        return switch (operands.rhs().orientation()) {
            case AS_STORED -> halves.map(each -> Weights.kByN(stored, each)).orElseGet(() -> Weights.kByN(stored));
            case TRANSPOSED -> halves.map(each -> Weights.nByK(stored, each)).orElseGet(() -> Weights.nByK(stored));
        };
    }

    /** A right operand, and the products that it is in. */
    private final class Shared {
        private final long place;
        private final List<Integer> products = new ArrayList<>();

        Shared(long place) {
            this.place = place;
        }

        /** Packs it, and multiplies. */
        void multiply(Portion portion, int threads) {
            try (PooledArena arena = new PooledArena(pool)) {
                final PackOptions packing =
                        PackOptions.in(arena).expecting(expectedRows()).on(options.executor(), threads);
                final PackedPanels packed = families.pack(weights(place), packing);
                final ProductCompute compute = families.of(packed, portion.rows());
                if (threads == 1) {
                    products.forEach(
                            index -> product(index, compute, packed, portion).run());
                } else {
                    final List<RowsProduct> parts = products.stream()
                            .map(index -> product(index, compute, packed, portion))
                            .flatMap(product -> product.parts(products.size(), threads).stream())
                            .toList();
                    PartRunner.run(parts.size(), options.executor(), threads, part -> parts.get(part)
                            .run());
                }
            }
        }

        private RowsProduct product(int index, ProductCompute compute, PackedPanels packed, Portion portion) {
            final Matrix lhs = operands.lhs().storedAt(operands.lhs().offsetOf(index));
            final Matrix dst = operands.dst().storedAt(operands.dst().offsetOf(index));
            return switch (operands.lhs().orientation()) {
                case AS_STORED -> new RowsProduct.InPlace(compute, Product.of(lhs, packed, dst, portion, options));
                case TRANSPOSED -> {
                    final TransposedRows rows = new TransposedRows(lhs);
                    yield new RowsProduct.Gathered(
                            compute, Product.of(rows.none(), packed, dst, portion, options), rows, pool);
                }
            };
        }
    }
}
