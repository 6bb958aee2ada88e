package dev.tilesmith.sample.network;

/** Arrays that must fit each other. */
final class Lengths {
    private Lengths() {}

    static void check(String what, int length, int expected) {
        if (length != expected) {
            throw new IllegalArgumentException(what + ": " + length + " values; expected " + expected);
        }
    }
}
