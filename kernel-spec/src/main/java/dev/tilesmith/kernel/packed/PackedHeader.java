package dev.tilesmith.kernel.packed;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.spec.Format;
import java.io.Serial;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * What a file of packed weights begins with: {@value #BYTES} bytes, whose integers are little-endian.
 *
 * <table>
 * <caption>Layout</caption>
 * <tr><th>at</th><th>what</th></tr>
 * <tr><td>0</td><td>{@code TSPACKED}</td></tr>
 * <tr><td>8</td><td>int32: version, {@value #VERSION}</td></tr>
 * <tr><td>12</td><td>int32: bytes of the header, after which the panels lie</td></tr>
 * <tr><td>16, 24, 32</td><td>format of the weights, of the result, of scales of blocks: ASCII, filled with zeros</td></tr>
 * <tr><td>40, 44</td><td>int32: nr, kr</td></tr>
 * <tr><td>48</td><td>int32: 1 if there may be a bias, else 0</td></tr>
 * <tr><td>52</td><td>int32: what is added to a static left operand</td></tr>
 * <tr><td>56, 60, 64</td><td>int32: n, k, block length</td></tr>
 * <tr><td>68</td><td>int32: byte order of the panels, 1 for little-endian, 2 for big-endian</td></tr>
 * <tr><td>72</td><td>int64: bytes of the panels</td></tr>
 * <tr><td>80</td><td>int32: CRC-32C of the panels</td></tr>
 * <tr><td>84</td><td>zeros</td></tr>
 * <tr><td>124</td><td>int32: CRC-32C of the bytes before it</td></tr>
 * </table>
 *
 * <p>A checksum finds damage, not intent: nothing that a file says is used before it is what a kernel expects, and sizes
 * are computed anew.
 *
 * @param layout how the panels are laid out
 * @param n number of output channels
 * @param k length of the sums
 * @param blockLength values along K that share a scale; k where weights have no blocks
 * @param dataBytes bytes of the panels
 * @param dataChecksum CRC-32C of the panels
 */
record PackedHeader(PanelLayout layout, int n, int k, int blockLength, long dataBytes, int dataChecksum) {
    /** A multiple of 64, so that panels begin with a cache line. */
    static final int BYTES = 128;

    /** Goes up with any change to the header or to what lies in panels of an equal layout. */
    static final int VERSION = 1;

    private static final byte[] MAGIC = "TSPACKED".getBytes(StandardCharsets.US_ASCII);
    private static final int CODE_BYTES = 8;
    private static final int RESERVED = 84;
    private static final int CHECKSUM = BYTES - Integer.BYTES;

    /** Thrown on bytes that are no header of this version; says what was found and what was expected. */
    static final class BadHeaderException extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        BadHeaderException(String problem) {
            super(problem);
        }
    }

    /** This header, of panels whose CRC-32C is known. */
    PackedHeader withChecksum(int checksum) {
        return new PackedHeader(layout, n, k, blockLength, dataBytes, checksum);
    }

    /** The header's bytes. */
    ByteBuffer toBytes() {
        final ByteBuffer to = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        // A component more is a compile error here: a file must say all that tells layouts apart.
        if (layout
                instanceof
                PanelLayout(Format format, int nr, int kr, boolean bias, Format dst, int lhsOffset, Format scales)) {
            to.put(MAGIC).putInt(VERSION).putInt(BYTES);
            putCode(to, format);
            putCode(to, dst);
            putCode(to, scales);
            to.putInt(nr).putInt(kr).putInt(bias ? 1 : 0).putInt(lhsOffset);
        }
        to.putInt(n).putInt(k).putInt(blockLength).putInt(code(ByteOrder.nativeOrder()));
        to.putLong(dataBytes).putInt(dataChecksum);
        to.putInt(CHECKSUM, checksum(to));
        return to.clear();
    }

    /**
     * Reads a header.
     *
     * @param from the first bytes of a file, {@value #BYTES} or as many as it has
     */
    static PackedHeader of(ByteBuffer from) throws BadHeaderException {
        from.order(ByteOrder.LITTLE_ENDIAN);
        checkKind(from);
        checkDamage(from);
        final PanelLayout layout = layout(from);
        final int order = from.getInt(68);
        if (order != code(ByteOrder.nativeOrder())) {
            throw new BadHeaderException("weights in byte order " + order + " (1: little-endian, 2: big-endian); this"
                    + " machine's is " + code(ByteOrder.nativeOrder()));
        }
        return new PackedHeader(
                layout, from.getInt(56), from.getInt(60), from.getInt(64), from.getLong(72), from.getInt(80));
    }

    /** A version is looked at before the checksum: where that lies may differ in another version. */
    private static void checkKind(ByteBuffer from) throws BadHeaderException {
        final byte[] magic = new byte[Math.min(MAGIC.length, from.remaining())];
        from.get(0, magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new BadHeaderException("no file of packed weights: it begins with the bytes "
                    + HexFormat.of().formatHex(magic) + "; expected "
                    + HexFormat.of().formatHex(MAGIC));
        }
        if (from.remaining() < BYTES) {
            throw new BadHeaderException(
                    "cut off: " + from.remaining() + " bytes; expected a header of " + BYTES + " and weights");
        }
        final int version = from.getInt(8);
        if (version != VERSION) {
            throw new BadHeaderException("of version " + version + "; this Tilesmith reads version " + VERSION
                    + (version > VERSION ? ": use a newer one, or save the weights again with this one" : ""));
        }
    }

    private static void checkDamage(ByteBuffer from) throws BadHeaderException {
        final int expected = from.getInt(CHECKSUM);
        final int found = checksum(from);
        if (found != expected) {
            throw new BadHeaderException(
                    "damaged: the header's CRC-32C is %08x; the header says %08x".formatted(found, expected));
        }
        if (from.getInt(12) != BYTES) {
            throw new BadHeaderException("a header of " + from.getInt(12) + " bytes; expected " + BYTES);
        }
        for (int at = RESERVED; at < CHECKSUM; at++) {
            if (from.get(at) != 0) {
                throw new BadHeaderException("byte " + at + " is " + from.get(at) + "; expected 0");
            }
        }
    }

    private static PanelLayout layout(ByteBuffer from) throws BadHeaderException {
        final int bias = from.getInt(48);
        if (bias != 0 && bias != 1) {
            throw new BadHeaderException("bias: " + bias + "; expected 0 or 1");
        }
        final Format format = format(from, 16);
        final Format dst = format(from, 24);
        final Format scales = format(from, 32);
        try {
            return new PanelLayout(format, from.getInt(40), from.getInt(44), bias == 1, dst, from.getInt(52), scales);
        } catch (IllegalArgumentException e) {
            throw new BadHeaderException(e.getMessage());
        }
    }

    private static void putCode(ByteBuffer to, Format format) {
        to.put(Arrays.copyOf(format.code().getBytes(StandardCharsets.US_ASCII), CODE_BYTES));
    }

    private static Format format(ByteBuffer from, int at) throws BadHeaderException {
        final byte[] code = new byte[CODE_BYTES];
        from.get(at, code);
        for (final Format format : Format.values()) {
            if (Arrays.equals(code, Arrays.copyOf(format.code().getBytes(StandardCharsets.US_ASCII), CODE_BYTES))) {
                return format;
            }
        }
        throw new BadHeaderException(
                "format at byte " + at + ": " + HexFormat.of().formatHex(code) + "; expected one of "
                        + Arrays.stream(Format.values()).map(Format::code).toList());
    }

    private static int code(ByteOrder order) {
        return order.equals(ByteOrder.LITTLE_ENDIAN) ? 1 : 2;
    }

    private static int checksum(ByteBuffer header) {
        final CRC32C crc = new CRC32C();
        crc.update(header.duplicate().position(0).limit(CHECKSUM));
        return (int) crc.getValue();
    }
}
