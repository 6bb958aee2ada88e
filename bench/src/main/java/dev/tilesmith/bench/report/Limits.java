package dev.tilesmith.bench.report;

/**
 * What the machine can do at best, on some number of threads.
 *
 * @param threads on how many threads
 * @param fmaGflops 10^9 f32 operations a second, a fused multiply-add being two
 * @param vnniGops 10^9 int8 operations a second, each multiply-add being two; 0 where there is no VNNI
 * @param readGigabytes 10^9 bytes read from memory a second
 */
public record Limits(int threads, double fmaGflops, double vnniGops, double readGigabytes) {}
