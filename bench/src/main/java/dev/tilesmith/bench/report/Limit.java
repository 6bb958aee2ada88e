package dev.tilesmith.bench.report;

/**
 * What a machine can do at best of one kind of multiplication, on some number of threads.
 *
 * @param name what multiplies
 * @param gops 10^9 operations a second, a multiply-add being two
 */
public record Limit(String name, double gops) {}
