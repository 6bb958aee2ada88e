package dev.tilesmith.fuzz;

import dev.tilesmith.conformance.Element;
import java.util.Arrays;

/**
 * What a product has written.
 *
 * @param options what was asked for
 * @param dst where it was to be written
 * @param before what lay there
 * @param n columns of all results
 */
@SuppressWarnings("ArrayRecordComponent") // made for one comparison and dropped
record Results(Options options, Operand dst, byte[] before, int n) {
    /**
     * A finding, unless what was asked for has the expected bits and everything else is as it was.
     *
     * @param expected all results, as {@link Element#bits} gives them
     */
    void check(int... expected) {
        final byte[] after = dst.image();
        final int bytes = dst.element().bytes();
        for (int row = options.firstRow(); row < options.firstRow() + options.rows(); row++) {
            for (int column = options.firstColumn(); column < options.firstColumn() + options.columns(); column++) {
                final int wanted = expected[row * n + column];
                final int found = dst.bits(row, column);
                if (wanted != found) {
                    throw new Finding("row %d column %d is %s; the reference gives %s"
                            .formatted(
                                    row,
                                    column,
                                    dst.element().show(found),
                                    dst.element().show(wanted)));
                }
                final int at = (int) dst.at(row, column);
                System.arraycopy(before, at, after, at, bytes);
            }
        }
        final int changed = Arrays.mismatch(before, after);
        if (changed >= 0) {
            throw new Finding("byte " + changed + " was written, of " + before.length + ", which is no result's");
        }
    }
}
