package dev.tilesmith.sweep.report.record;

/**
 * Something that is known of a machine.
 *
 * @param name of what: {@code caches.l2}
 * @param value what
 */
public record Fact(String name, String value) {}
