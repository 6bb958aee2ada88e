package dev.tilesmith.fuzz;

import dev.tilesmith.conformance.Depth;
import dev.tilesmith.conformance.Element;
import dev.tilesmith.conformance.FormatUnderTest.Bounds;
import dev.tilesmith.runtime.FileCheck;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.RunOptions;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Packed weights saved, damaged in some way or not at all, and mapped. What is whole multiplies as before; what is
 * damaged is refused where that is looked for, and leads no kernel outside of the file where it is not.
 */
final class FileProblem implements Problem {
    private static final int HEADER = 128;
    private static final int HEADER_CHECKSUM = 124;

    private final List<Subject> subjects;
    private final Path file;
    private final Path moved;

    /** Problems with a file in {@code folder}. */
    FileProblem(List<Subject> subjects, Path folder) {
        this.subjects = subjects;
        this.file = folder.resolve("weights");
        this.moved = folder.resolve("damaged");
    }

    /** What becomes of a file between being saved and being mapped. */
    private enum Damage {
        NONE,
        FLIPPED_BIT,
        BYTES_OVERWRITTEN,
        CUT_OFF,
        TOO_LONG,
        /** A field of the header, with a checksum that fits. */
        HEADER_FIELD,
        /** Another kernel's, if its layout is another. */
        FOREIGN,
        /** No file of packed weights at all. */
        NOISE
    }

    @Override
    public void solve(Draw draw) throws IOException {
        final Subject subject = draw.note("kernel", draw.from(subjects));
        final Oracle oracle = new Oracle();
        try (Memory memory = new Memory(draw, oracle, false)) {
            final int n = draw.note("n", draw.size(2 * subject.layout().nr() + 2));
            final Depth depth = draw.note("k", subject.depth(draw, draw.size(40)));
            final Source source = new Sources(draw, oracle, memory, subject).make(n, depth);
            if (!oracle.isSound()) {
                return; // weights that are refused have no file
            }
            final PackedRhs packed;
            try {
                packed = subject.kernel().packRhs(source.given().get(), memory.arena());
            } catch (IllegalArgumentException _) {
                return; // nor have these, which were in doubt
            }
            packed.save(file);
            final Damage damage = draw.note("damage", draw.of(Damage.values()));
            final FileCheck check = draw.note("check", draw.of(FileCheck.values()));
            damage(draw, oracle, subject, damage, check);
            final Element of = subject.format().lhsElement();
            final int m = draw.size(9);
            final MemorySegment rows = MemorySegment.ofArray(draw.bytes(m * depth.k() * of.bytes()));
            final Operand lhs = memory.place("lhs", false, of, m, depth.k(), rows);
            final Operand dst = memory.place("dst", true, subject.format().dstElement(), m, n, results(subject, m, n));
            oracle.watch("dst", dst);
            final byte[] before = dst.image();
            oracle.judge(() -> {
                final PackedRhs mapped = subject.kernel().mapRhs(moved, memory.arena(), check);
                subject.kernel().run(lhs.view().get(), mapped, dst.view().get());
                if (damage == Damage.NONE && oracle.isSound()) {
                    final int[] expected =
                            subject.format().multiply(Dense.of(of, rows, m, depth.k()), source.plain(), Bounds.NONE);
                    final Options all = new Options(Bounds.NONE, 0, m, 0, n, () -> RunOptions.DEFAULT);
                    new Results(all, dst, before, n).check(expected);
                }
            });
        }
    }

    private static MemorySegment results(Subject subject, int m, int n) {
        return MemorySegment.ofArray(
                new byte[m * n * subject.format().dstElement().bytes()]);
    }

    private void damage(Draw draw, Oracle oracle, Subject subject, Damage damage, FileCheck check) throws IOException {
        final byte[] bytes = Files.readAllBytes(file);
        final byte[] damaged =
                switch (damage) {
                    case NONE -> bytes;
                    case FLIPPED_BIT -> flipped(draw, bytes.clone());
                    case BYTES_OVERWRITTEN -> overwritten(draw, bytes.clone());
                    case CUT_OFF -> Arrays.copyOf(bytes, draw.below(bytes.length));
                    case TOO_LONG -> Arrays.copyOf(bytes, bytes.length + draw.between(1, 5000));
                    case HEADER_FIELD -> field(draw, bytes.clone());
                    case FOREIGN -> foreign(draw, subject, bytes);
                    case NOISE -> draw.bytes(draw.of(0, 1, 7, 8, 127, 128, 129, 5000));
                };
        Files.write(moved, damaged);
        final int at = Arrays.mismatch(bytes, damaged);
        if (at >= 0 && damage == Damage.HEADER_FIELD) {
            oracle.doubt(moved.toString(), "");
            oracle.doubt("lhs", ""); // where n or k are others, of which there could be as many bytes
            oracle.doubt("dst", "");
        } else if (at >= 0 && (at < HEADER || check == FileCheck.ALL || bytes.length != damaged.length)) {
            oracle.fault(moved.toString(), "");
        }
    }

    private static byte[] flipped(Draw draw, byte[] bytes) {
        bytes[draw.below(draw.oneIn(2) ? HEADER : bytes.length)] ^= (byte) (1 << draw.below(8));
        return bytes;
    }

    private static byte[] overwritten(Draw draw, byte[] bytes) {
        final byte[] noise = draw.bytes(draw.between(1, 40));
        final int at = draw.below(bytes.length);
        System.arraycopy(noise, 0, bytes, at, Math.min(noise.length, bytes.length - at));
        return bytes;
    }

    /** A field that an attacker changes, who knows of the checksum. */
    private static byte[] field(Draw draw, byte[] bytes) {
        final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = draw.between(1, 3); i > 0; i--) {
            final int at = 8 + 4 * draw.below(20);
            buffer.putInt(at, draw.oneIn(2) ? draw.extreme() : buffer.getInt(at) + draw.between(-2, 2));
        }
        final CRC32C crc = new CRC32C();
        crc.update(bytes, 0, HEADER_CHECKSUM);
        buffer.putInt(HEADER_CHECKSUM, (int) crc.getValue());
        return bytes;
    }

    private byte[] foreign(Draw draw, Subject subject, byte[] own) throws IOException {
        final Subject other = draw.note("foreign", draw.from(subjects));
        if (other.layout().equals(subject.layout())) {
            return own;
        }
        final Draw calm = new Draw(draw.next());
        final Oracle none = new Oracle();
        try (Memory memory = new Memory(calm, none, false)) {
            final Source source = new Sources(calm, none, memory, other).make(3, other.depth(calm, 7));
            other.kernel().packRhs(source.plain(), memory.arena()).save(file);
            return Files.readAllBytes(file);
        } catch (IllegalArgumentException _) {
            return new byte[HEADER]; // weights to be refused
        }
    }
}
