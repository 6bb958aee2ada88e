package org.openjdk.jmh.annotations;

public @interface Benchmark {}
