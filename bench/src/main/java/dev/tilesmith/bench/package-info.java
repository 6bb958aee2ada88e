/**
 * The benchmarks and the programs that run them: {@code Bench} (ours beside the peers), {@code ColdStart} (the first
 * call of a JVM) and {@code CompileTime} (what a declaration costs javac).
 *
 * <p>Imports {@code work}, {@code peer} and {@code report}; nobody imports it.
 */
@NullMarked
package dev.tilesmith.bench;

import org.jspecify.annotations.NullMarked;
