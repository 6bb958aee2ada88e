package dev.tilesmith.sample.ocr;

/**
 * A place in an image, in pixels to the right and down.
 *
 * @param x to the right
 * @param y down
 */
record Point(double x, double y) {}
