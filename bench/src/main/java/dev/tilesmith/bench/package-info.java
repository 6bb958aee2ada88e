/**
 * The benchmarks and the programs that run them: {@code Bench} (ours beside the peers), {@code
 * LayerBench} (the same for layers of networks), {@code ColdStart} (the first
 * call of a JVM), {@code CompileTime} and {@code DeclarationCost} (what declarations cost javac) and {@code StaticModel} (the inner loops for Arm on
 * models of CPUs).
 *
 * <p>Imports {@code work}, {@code peer}, {@code model} and {@code report}; nobody imports it.
 */
@NullMarked
package dev.tilesmith.bench;

import org.jspecify.annotations.NullMarked;
