package dev.tilesmith.tune;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Profiles as damage, a mistaken edit or malice leaves them: bytes of a file, no longer a profile, or another one.
 *
 * @param random what happens to them
 */
public record ProfileMutations(RandomGenerator random) {
    private static final List<Charset> ENCODINGS = List.of(
            StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_32, Charset.forName("IBM037"));

    private static final List<String> NUMBERS = List.of(
            "0",
            "-1",
            "00",
            "1e9",
            "NaN",
            "Infinity",
            "0x10",
            "2147483647",
            "2147483648",
            "9223372036854775807",
            "9223372036854775808",
            "999999999999999999",
            "1".repeat(400),
            "9".repeat(5000),
            "\u0663",
            "1.",
            ".5",
            "1_000");

    private static final List<String> INSERTIONS = List.of(
            "\0",
            "\n",
            "\r",
            "\t",
            " ",
            "#",
            "\ufeff",
            "é",
            "<<<<<<< ours\n",
            "pick ",
            "tune ",
            "gops",
            ", then ",
            "_",
            "x".repeat(600),
            "tilesmith-profile 1\n",
            "tilesmith-profile 2\n");

    /** A kind of damage. */
    public enum Kind {
        /** A bit of it is another. */
        BIT,
        /** Bytes are missing. */
        DELETION,
        /** Something is in it that was not. */
        INSERTION,
        /** The end is missing. */
        TRUNCATION,
        /** Two lines changed places. */
        SWAP,
        /** A line is there twice. */
        REPEAT,
        /** A line is missing. */
        LOSS,
        /** A word stands where another did. */
        WORD,
        /** A number is another one, if it is one. */
        NUMBER,
        /** The letters are coded otherwise. */
        ENCODING,
        /** There is too much of it. */
        LENGTH
    }

    /** The bytes of a profile after a few damages of any kind. */
    public byte[] of(TuningProfile profile) {
        byte[] bytes = profile.text().getBytes(StandardCharsets.US_ASCII);
        final int damages = 1 + random.nextInt(3);
        for (int i = 0; i < damages; i++) {
            bytes = of(one(List.of(Kind.values())), bytes);
        }
        return bytes;
    }

    /** Bytes after one damage of a kind. */
    public byte[] of(Kind kind, byte[] bytes) {
        return switch (kind) {
            case BIT -> bit(bytes);
            case DELETION -> replaced(bytes, at(bytes), 1 + random.nextInt(8), "");
            case INSERTION -> replaced(bytes, at(bytes), 0, one(INSERTIONS));
            case TRUNCATION -> Arrays.copyOf(bytes, at(bytes));
            case SWAP -> lines(bytes, lines -> Collections.swap(lines, line(lines), line(lines)));
            case REPEAT -> lines(bytes, lines -> lines.add(line(lines), lines.get(line(lines))));
            case LOSS -> lines(bytes, lines -> lines.remove(line(lines)));
            case WORD -> words(bytes, one(text(bytes).split("\\s", -1)));
            case NUMBER -> words(bytes, one(NUMBERS));
            case ENCODING -> text(bytes).getBytes(one(ENCODINGS));
            case LENGTH ->
                replaced(bytes, at(bytes), 0, "# and so on\n".repeat(1 << random.nextInt(random.nextInt(1, 18))));
        };
    }

    private interface Change {
        void of(List<String> lines);
    }

    private byte[] bit(byte[] bytes) {
        final byte[] changed = bytes.clone();
        if (changed.length > 0) {
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return changed;
    }

    private static byte[] lines(byte[] bytes, Change change) {
        final List<String> lines = new ArrayList<>(List.of(text(bytes).split("\n", -1)));
        change.of(lines);
        return bytes(String.join("\n", lines));
    }

    /** With another word in the place of one. */
    private byte[] words(byte[] bytes, String other) {
        final String text = text(bytes);
        int start = at(bytes);
        while (start > 0 && !Character.isWhitespace(text.charAt(start - 1))) {
            start--;
        }
        int end = start;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return replaced(bytes, start, end - start, other);
    }

    private static byte[] replaced(byte[] bytes, int at, int length, String by) {
        final String text = text(bytes);
        return bytes(text.substring(0, at) + by + text.substring(Math.min(text.length(), at + length)));
    }

    private int at(byte[] bytes) {
        return random.nextInt(bytes.length + 1);
    }

    private int line(List<String> lines) {
        return random.nextInt(lines.size());
    }

    private <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private String one(String[] values) {
        return one(List.of(values));
    }

    /** A character for each byte, so that what is not of ASCII stays what it is. */
    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String text) {
        return text.chars().allMatch(character -> character <= 0xff)
                ? text.getBytes(StandardCharsets.ISO_8859_1)
                : text.getBytes(StandardCharsets.UTF_8);
    }
}
