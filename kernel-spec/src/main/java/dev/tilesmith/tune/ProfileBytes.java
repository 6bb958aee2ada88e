package dev.tilesmith.tune;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Profiles as bytes. */
final class ProfileBytes {
    private ProfileBytes() {}

    /**
     * The profile that bytes are; no more of them are read than a profile may have.
     *
     * @throws IOException if they cannot be read
     * @throws ProfileRefusedException if they are none
     */
    static TuningProfile read(InputStream bytes) throws IOException {
        // One byte more than may be, to see that there are too many. As Latin-1 every byte is a character: those that
        // are not
        // ASCII are refused like any other that is not plain.
        final byte[] read = bytes.readNBytes(ProfileReader.MOST_CHARACTERS + 1);
        return TuningProfile.parse(new String(read, StandardCharsets.ISO_8859_1));
    }
}
