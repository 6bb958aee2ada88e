package dev.tilesmith.conformance;

import java.util.List;

/**
 * Convolutions of one kind.
 *
 * @param grid every stride by every dilation, padding and kind of channels
 * @param corners what is out of the ordinary, the last with results that bounds have something to do with
 * @param large of so much work that it is worth the waking of three threads
 */
record Conv2dProblems(List<Conv2dProblem> grid, List<Conv2dProblem> corners, Conv2dProblem large) {}
