package org.tinytune.data.reader;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Text whose encoding the file does not say. A byte order mark decides between UTF-8 and UTF-16; otherwise the first
 * character beyond ASCII does: if its bytes are one of UTF-8, all of the file has to be, and if not, it is of Windows
 * (code page 1252, of which Latin-1 is a part), as table programs of Western Europe write it.
 */
final class EncodedText extends Reader {
    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final int BUFFER_BYTES = 1 << 14;
    private static final int MAX_CHARACTER_BYTES = 4;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int begin;
    private int end;
    private Reader rest;

    private EncodedText(InputStream in) {
        this.in = in;
    }

    /** Opens a text; a byte order mark is not part of it. */
    static Reader open(InputStream in) throws IOException {
        EncodedText text = new EncodedText(in);
        text.fill(3);
        if (text.begins(0xef, 0xbb, 0xbf)) {
            text.decode(3, StandardCharsets.UTF_8);
        } else if (text.begins(0xff, 0xfe)) {
            text.decode(2, StandardCharsets.UTF_16LE);
        } else if (text.begins(0xfe, 0xff)) {
            text.decode(2, StandardCharsets.UTF_16BE);
        }
        return text;
    }

    /** Whether these bytes begin a text of UTF-16, which has zero bytes though it is one. */
    static boolean isUtf16(byte[] head) {
        return head.length >= 2
                && ((head[0] == (byte) 0xff && head[1] == (byte) 0xfe)
                        || (head[0] == (byte) 0xfe && head[1] == (byte) 0xff));
    }

    private boolean begins(int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (begin + i >= end || (buffer[begin + i] & 0xff) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int read(char[] into, int offset, int length) throws IOException {
        if (rest != null || length == 0) {
            return length == 0 ? 0 : rest.read(into, offset, length);
        }
        if (begin == end) {
            fill(1);
        }
        int n = 0;
        while (n < length && begin < end && buffer[begin] >= 0) {
            into[offset + n++] = (char) buffer[begin++];
        }
        if (n > 0 || begin == end) {
            return n > 0 ? n : -1;
        }
        fill(MAX_CHARACTER_BYTES);
        decode(0, isUtf8() ? StandardCharsets.UTF_8 : WINDOWS);
        return rest.read(into, offset, length);
    }

    /** Brings so many bytes into the buffer if there are as many. */
    private void fill(int wanted) throws IOException {
        if (end - begin < wanted) {
            System.arraycopy(buffer, begin, buffer, 0, end - begin);
            end -= begin;
            begin = 0;
            int n = 0;
            while (end < wanted && n >= 0) {
                n = in.read(buffer, end, buffer.length - end);
                end += Math.max(n, 0);
            }
        }
    }

    private void decode(int skipped, Charset charset) {
        byte[] head = Arrays.copyOfRange(buffer, begin + skipped, end);
        InputStream all = new SequenceInputStream(new ByteArrayInputStream(head), in);
        rest = new InputStreamReader(all, charset.newDecoder());
    }

    /** Whether the bytes to be read next are a character of UTF-8. */
    private boolean isUtf8() {
        int first = buffer[begin] & 0xff;
        int bytes = first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
        if (first < 0xc2 || bytes == 0 || begin + bytes > end) {
            return false;
        }
        for (int i = 1; i < bytes; i++) {
            if ((buffer[begin + i] & 0xc0) != 0x80) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
