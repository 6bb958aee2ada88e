package dev.tilesmith.kernel.drive;

import dev.tilesmith.kernel.argument.DepthwiseF32Arguments;
import dev.tilesmith.runtime.Conv2dShape;

/**
 * How pixels of a line of results are tiles of machine code: side by side, but for the last, which ends with the line and has pixels of the one
 * before it once more.
 *
 * @param shape of the convolution
 * @param width columns of an image
 * @param from the first pixel
 * @param to behind the last
 */
record F32TileColumns(Conv2dShape shape, int width, int from, int to) {
    private static final int ALL = -1;

    /** Lines of results that tiles have at most; 0 if pixels are no tiles: there is no code, they are too few, or padding is wider than code has it. */
    int lines() {
        if (!fit()) {
            return 0;
        }
        final boolean neighbours = shape.strideWidth() == 1 && shape.strideHeight() == 1 && shape.dilationHeight() == 1;
        return neighbours ? DepthwiseF32Arguments.TILE_LINES : 1;
    }

    private boolean fit() {
        if (!hasCode() || to - from < DepthwiseF32Arguments.TILE) {
            return false;
        }
        for (int tile = 0; tile < count(); tile++) {
            if (Math.max(-column(tile), column(tile) + columns() - width) > edge()) {
                return false;
            }
        }
        return true;
    }

    private boolean hasCode() {
        return shape.dilationWidth() == 1
                && shape.strideWidth() <= 2
                && DepthwiseF32Arguments.TILE_WIDTHS.contains(shape.kernelWidth());
    }

    /** Tiles. */
    int count() {
        return Math.ceilDiv(to - from, DepthwiseF32Arguments.TILE);
    }

    /** The first pixel of a tile. */
    int pixel(int tile) {
        return Math.min(from + tile * DepthwiseF32Arguments.TILE, to - DepthwiseF32Arguments.TILE);
    }

    /** The column of images that is first under a tile. */
    long column(int tile) {
        return (long) pixel(tile) * shape.strideWidth() - shape.paddingLeft(width);
    }

    /** The bits of masks that one of the first columns under a tile has. */
    int left(int tile, int at) {
        return column(tile) + at < 0 ? 0 : ALL;
    }

    /** The bits of masks that one of the last columns under a tile has, in their order. */
    int right(int tile, int at) {
        return column(tile) + columns() - edge() + at < width ? ALL : 0;
    }

    /** Columns under a tile. */
    private int columns() {
        return (DepthwiseF32Arguments.TILE - 1) * shape.strideWidth() + shape.kernelWidth();
    }

    /** Columns on either side that may be padding. */
    int edge() {
        return shape.kernelWidth() / 2;
    }
}
