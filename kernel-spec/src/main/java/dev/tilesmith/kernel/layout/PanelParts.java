package dev.tilesmith.kernel.layout;

import java.util.List;

/**
 * Parts of a panel that lie one after the other in one place: all that says how far they are from its start.
 *
 * @param nr columns of the panel
 * @param scaleBytes bytes of a scale of a block, and of a minimum
 * @param parts what lies there, in its order
 */
public record PanelParts(int nr, int scaleBytes, List<PanelPart> parts) {
    /** Makes the list immutable. */
    public PanelParts {
        parts = List.copyOf(parts);
    }

    /**
     * Bytes from the start of the place to a part.
     *
     * @throws IllegalArgumentException if it does not lie there
     */
    public long offsetOf(PanelPart part) {
        final int at = parts.indexOf(part);
        if (at < 0) {
            throw new IllegalArgumentException("part: " + part + "; there are " + parts + " there");
        }
        return bytes(parts.subList(0, at));
    }

    /** Bytes of all of them. */
    public long bytes() {
        return bytes(parts);
    }

    private long bytes(List<PanelPart> some) {
        long bytes = 0;
        for (final PanelPart part : some) {
            bytes += bytes(part);
        }
        return bytes;
    }

    private long bytes(PanelPart part) {
        return switch (part) {
            case VALUES -> throw new IllegalArgumentException("part: " + part + "; it is as long as K is");
            case BLOCK_SCALES, BLOCK_MINIMA -> (long) nr * scaleBytes;
            case WEIGHT_SUMS, BEGINNINGS, ZERO_POINTS -> (long) nr * Integer.BYTES;
            case SCALES, MULTIPLIERS, BIASES -> (long) nr * Float.BYTES;
            case TABLE, SMALLEST -> Integer.BYTES;
        };
    }
}
