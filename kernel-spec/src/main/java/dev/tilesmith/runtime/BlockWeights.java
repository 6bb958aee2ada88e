package dev.tilesmith.runtime;

/**
 * {@link Weights} in blocks that hold their own scales, and their own minima where they have any, a row of {@code k/32} blocks
 * for each output channel. There is nothing beside them to be scaled by.
 *
 * @param values n rows of {@code blocks.rowBytes(k)} bytes
 * @param blocks how the blocks lie in these
 * @param ends what becomes of the sums
 */
public record BlockWeights(Matrix values, BlockLayout blocks, WeightEnds ends) implements Weights {
    /** Checks that rows are whole blocks, and that there are as many biases as channels. */
    public BlockWeights {
        Elements.requireBytes(values);
        if (values.columns() % blocks.bytes() != 0) {
            throw new IllegalArgumentException("values: rows of " + values.columns() + " bytes; expected a multiple of "
                    + blocks.bytes() + ", the bytes of a block of " + blocks);
        }
        final long count = (long) values.columns() / blocks.bytes() * BlockLayout.LENGTH;
        if (count > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("values: rows of " + values.columns() + " bytes; " + count
                    + " values in blocks of " + blocks + " are more than " + Integer.MAX_VALUE);
        }
        new WeightsShape(values.rows(), (int) count).check(ends);
    }

    /** Along K alone, as blocks do. */
    @Override
    public Orientation orientation() {
        return Orientation.N_BY_K;
    }

    @Override
    public int n() {
        return values.rows();
    }

    @Override
    public int k() {
        return values.columns() / blocks.bytes() * BlockLayout.LENGTH;
    }

    @Override
    public int blockLength() {
        return BlockLayout.LENGTH;
    }

    @Override
    public BlockWeights channels(int first, int count) {
        new WeightsShape(n(), k()).checkPart(first, count);
        return new BlockWeights(values.slice(first, count, 0, values.columns()), blocks, ends.channels(first, count));
    }

    @Override
    public BlockWeights withEnds(WeightEnds newEnds) {
        return new BlockWeights(values, blocks, newEnds);
    }

    @Override
    public BlockWeights withScales(float... newScales) {
        return unlessGiven("scales", newScales);
    }

    @Override
    public BlockWeights withBlockScales(int newBlockLength, float... newScales) {
        return unlessGiven("scales", newScales).inBlocksOf(newBlockLength);
    }

    @Override
    public BlockWeights withBlockMins(float... newMins) {
        return unlessGiven("mins", newMins);
    }

    @Override
    public BlockWeights inBlocksOf(int newBlockLength) {
        if (newBlockLength != BlockLayout.LENGTH) {
            throw heldAlready("blockLength: " + newBlockLength);
        }
        return this;
    }

    private BlockWeights unlessGiven(String what, float... values) {
        if (values.length != 0) {
            throw heldAlready(what + ": " + values.length + " values");
        }
        return this;
    }

    private IllegalArgumentException heldAlready(String given) {
        return new IllegalArgumentException(given + "; weights in blocks of " + blocks + " hold a scale for each "
                + BlockLayout.LENGTH + " values: give none");
    }

    /** Shape and kind, and which parts are given: no more than a line, however many weights there are. */
    @Override
    public String toString() {
        return new WeightsShape(n(), k()).describe(blocks.name(), orientation(), ends);
    }
}
