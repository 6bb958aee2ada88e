/**
 * Problems made up from seeds, over all of the public API and the files it reads. What a call must answer is known
 * beforehand: the bits of the reference and not one byte elsewhere changed, or a refusal that begins with the argument's
 * name and states its value, after which nothing has changed. Anything else is a finding: another exception, a call that
 * does not return, the end of the JVM.
 *
 * <p>{@link dev.tilesmith.fuzz.Problems} makes a problem of a seed; the same seed is the same problem on every machine
 * that runs the same families. {@link dev.tilesmith.fuzz.Worker} solves problem after problem in a JVM of its own, for
 * machine code may end it; {@link dev.tilesmith.fuzz.Supervisor} starts workers, sees what becomes of them, and names the
 * seeds of what was found. {@link dev.tilesmith.fuzz.FuzzTest} does a fixed number of problems with each build, {@link
 * dev.tilesmith.fuzz.Fuzzer} as many as fit a time.
 */
@NullMarked
package dev.tilesmith.fuzz;

import org.jspecify.annotations.NullMarked;
