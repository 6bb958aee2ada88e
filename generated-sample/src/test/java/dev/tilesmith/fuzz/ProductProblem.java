package dev.tilesmith.fuzz;

import dev.tilesmith.conformance.Depth;
import dev.tilesmith.conformance.Element;
import dev.tilesmith.kernel.layout.LhsFormat;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.Weights.Halves;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/** Weights packed and multiplied with: bits equal to the reference, or refused. */
final class ProductProblem implements Problem {
    /** Seldom a product is large enough for several threads to be worth it. */
    private static final int ONE_IN = 50;

    /** Seldom sums are long: several parts of a chain, and more than an int can hold. */
    private static final int ONE_IN_DEEP = 200;

    private static final int DEEPEST = 66_500;

    private final List<Subject> subjects;

    ProductProblem(List<Subject> subjects) {
        this.subjects = subjects;
    }

    @Override
    public void solve(Draw draw) throws Exception {
        final Subject subject = draw.note("kernel", draw.from(subjects));
        final int threads = draw.oneIn(3) ? draw.between(2, 4) : 1;
        final Crew crew = Crew.draw(draw);
        final Oracle oracle = new Oracle();
        try (Memory memory = new Memory(draw, oracle, threads > 1)) {
            new Product(draw, oracle, memory, subject, crew, threads).solve();
        } finally {
            crew.settle();
        }
    }

    /** One product. */
    private static final class Product {
        private final Draw draw;
        private final Oracle oracle;
        private final Memory memory;
        private final Subject subject;
        private final Crew crew;
        private final int threads;
        private final int m;
        private final int n;
        private final Depth depth;
        private final MemorySegment rows;

        Product(Draw draw, Oracle oracle, Memory memory, Subject subject, Crew crew, int threads) {
            this.draw = draw;
            this.oracle = oracle;
            this.memory = memory;
            this.subject = subject;
            this.crew = crew;
            this.threads = threads;
            final boolean large = threads > 1 && draw.oneIn(ONE_IN);
            final boolean deep = !large && draw.oneIn(ONE_IN_DEEP);
            final int most = deep ? 2 : 3 * subject.layout().nr() + 2;
            this.m = draw.note("m", large ? draw.between(20, 90) : draw.size(deep ? 2 : 40));
            this.n = draw.note("n", large ? draw.between(60, 300) : draw.size(most));
            final int k = large ? draw.between(70, 200) : deep ? draw.between(500, DEEPEST) : draw.size(70);
            this.depth = draw.note("k", subject.depth(draw, k));
            if (depth.k() > DeepProblem.longest(subject.layout())) {
                oracle.fault("k", depth.k());
            }
            this.rows = rows(m * depth.k(), subject.format().lhsElement());
        }

        private MemorySegment rows(int count, Element element) {
            return switch (element) {
                case I8 -> MemorySegment.ofArray(draw.bytes(count));
                case F32, I32 -> MemorySegment.ofArray(floats(count));
                case HALF -> MemorySegment.ofArray(halves(floats(count)));
            };
        }

        private float[] floats(int count) {
            return draw.floats(count, draw.note("rows", draw.of(Values.values())));
        }

        private short[] halves(float[] floats) {
            final Halves halves =
                    LhsFormat.of(subject.kernel().family().lhs()).halves().orElseThrow();
            final short[] bits = new short[floats.length];
            for (int i = 0; i < floats.length; i++) {
                bits[i] = halves.round(floats[i]);
            }
            return bits;
        }

        void solve() throws Exception {
            final Neighbours operands = operands();
            final Operand dst = operands.dst();
            final Source sound = new Sources(draw, oracle, memory, subject).make(n, depth);
            final Source source = draw.oneIn(8) ? Spoiler.spoil(draw, oracle, subject, sound) : sound;
            final Options options = Options.draw(draw, oracle, subject, m, n, crew.executor(), threads);
            final Results results = new Results(options, dst, dst.image(), n);
            oracle.watch("dst", dst);
            try {
                oracle.judge(() -> call(operands, source, options, results));
            } catch (Crew.OwnException | Crew.OwnError _) {
                // the executor's failure is told to whoever gave it; what is written by then, nobody says
            }
            final byte[] then = dst.image();
            crew.settle();
            if (!Arrays.equals(then, dst.image())) {
                throw new Finding("written after the call had ended");
            }
        }

        private void call(Neighbours operands, Source source, Options options, Results results) {
            final Arena arena = new Granary(draw, oracle, memory).draw();
            final PackedRhs own = subject.kernel().packRhs(source.given().get(), arena, crew.executor(), threads);
            final PackedRhs packed = draw.oneIn(2) ? own : new Panels(draw, oracle, memory).moved(own);
            final Matrix lhs = operands.lhs().view().get();
            final Matrix dst = operands.dst().view().get();
            subject.kernel().run(lhs, packed, dst, options.given().get());
            if (oracle.isSound()) {
                final Matrix dense = Dense.of(subject.format().lhsElement(), rows, m, depth.k());
                results.check(subject.format().multiply(dense, source.plain(), options.bounds()));
            }
        }

        /** Anywhere; seldom in one piece of memory. */
        private Neighbours operands() {
            final Element of = subject.format().lhsElement();
            final Element results = subject.format().dstElement();
            if (of == results && draw.oneIn(12)) {
                return Neighbours.place(draw, oracle, memory, of, m, depth.k(), n, rows);
            }
            final Operand lhs = memory.place("lhs", false, of, m, depth.k(), rows);
            final MemorySegment nothing = MemorySegment.ofArray(new byte[m * n * results.bytes()]);
            return new Neighbours(lhs, memory.place("dst", true, results, m, n, nothing));
        }
    }
}
