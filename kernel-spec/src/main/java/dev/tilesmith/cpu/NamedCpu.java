package dev.tilesmith.cpu;

import java.util.List;

/**
 * A known CPU, and what it is called.
 *
 * @param names by which it is found, its own first
 * @param cpu what it can do
 */
record NamedCpu(List<String> names, Cpu cpu) {}
