package org.tinytune.tflite;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

/**
 * Little-endian bytes that nobody vouches for: every access is checked against the length.
 *
 * <p>The parts of a flatbuffer may be shared, so a small file can refer to one part very often: whatever is handed out
 * is charged to a budget of a few times the length, which bounds time and memory.
 */
final class UntrustedFile {
    private static final int IDENTIFIER = Integer.BYTES;
    private static final int HEADER_BYTES = IDENTIFIER + Integer.BYTES;
    /** Room for parts that an honest writer shares, such as equal vectors. */
    private static final long SHARING = 4;

    private static final long SLACK_BYTES = 1 << 16;

    private final ByteBuffer bytes;
    private final String source;
    private long budget;

    /**
     * @param source named in messages
     * @param bytes kept, not copied
     */
    UntrustedFile(String source, ByteBuffer bytes) {
        this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        this.source = source;
        this.budget = SHARING * bytes.remaining() + SLACK_BYTES;
    }

    /**
     * The outermost table.
     *
     * @param identifier the four characters that name the schema
     * @param kind what the file should be, for the message
     */
    FlatTable root(String identifier, String kind) {
        if (length() < HEADER_BYTES || getInt(IDENTIFIER) != littleEndian(identifier)) {
            throw new TinytuneException(
                    ExitCode.INVALID_INPUT,
                    source + ": is no " + kind + " (" + length() + " bytes, no '" + identifier + "' at byte "
                            + IDENTIFIER + ")");
        }
        return new FlatTable(this, target(0));
    }

    private static int littleEndian(String identifier) {
        byte[] characters = identifier.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.wrap(characters).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    /** The failure of a file whose parts contradict each other. */
    TinytuneException damaged(String what) {
        return new TinytuneException(ExitCode.INVALID_INPUT, source + ": is cut or damaged: " + what);
    }

    /** Where the offset stored at {@code position} leads. */
    int target(int position) {
        long target = position + (getInt(position) & 0xffff_ffffL);
        check(target, Integer.BYTES);
        return (int) target;
    }

    /** Checks that {@code length} bytes lie at {@code position}, and charges them to the budget. */
    void take(long position, long length) {
        check(position, length);
        budget -= length + Integer.BYTES;
        if (budget < 0) {
            throw damaged("it refers to the same bytes over and over");
        }
    }

    private void check(long position, long length) {
        if (position < 0 || length < 0 || position > bytes.limit() || length > bytes.limit() - position) {
            throw damaged("byte " + Long.toUnsignedString(position) + " with " + Long.toUnsignedString(length)
                    + " bytes there lies outside its " + bytes.limit());
        }
    }

    byte getByte(int position) {
        check(position, Byte.BYTES);
        return bytes.get(position);
    }

    int getUnsignedShort(int position) {
        check(position, Short.BYTES);
        return Short.toUnsignedInt(bytes.getShort(position));
    }

    int getInt(int position) {
        check(position, Integer.BYTES);
        return bytes.getInt(position);
    }

    /** A view of some bytes, little endian. */
    ByteBuffer slice(int position, int length) {
        check(position, length);
        return bytes.slice(position, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** All bytes from a position on. */
    InputStream stream(int position) {
        check(position, 0);
        ByteBuffer rest = slice(position, length() - position);
        byte[] copy = new byte[rest.remaining()];
        rest.get(copy);
        return new ByteArrayInputStream(copy);
    }

    int length() {
        return bytes.limit();
    }
}
