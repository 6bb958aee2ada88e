package dev.tilesmith.kernel.drive;

/** {@link DepthwiseTiles} of filters that are floats, which finish what they sum. */
public interface F32DepthwiseTiles extends DepthwiseTiles, F32Finish {}
