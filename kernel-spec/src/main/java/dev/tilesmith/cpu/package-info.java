/**
 * What a CPU can do: the one this JVM runs on, and named real ones to plan and explain for.
 *
 * <p>Imports {@code word} alone; {@code runtime} imports it. Detection never fails: what cannot be learnt is left
 * out, and {@link dev.tilesmith.cpu.Cpu#source()} says so.
 */
@NullMarked
package dev.tilesmith.cpu;

import org.jspecify.annotations.NullMarked;
