package org.tinytune.data.reader;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

/**
 * A file of unknown content, gzip-compressed or not.
 *
 * @param path where it lies
 */
record DataFile(Path path) {
    /** What a file may hold once it is unpacked. */
    static final long MAX_UNPACKED_BYTES = 1L << 30;

    /** The best that deflate can do, so a bound on what a file can unpack to. Source: zlib Technical Details. */
    private static final long MAX_DEFLATE_RATIO = 1032;

    private static final int BUFFER_BYTES = 1 << 16;

    /** The file's name, as messages show it. */
    String name() {
        return path.getFileName().toString();
    }

    /** The name in lower case, without {@code .gz}. */
    String plainName() {
        String lower = name().toLowerCase(Locale.ROOT);
        return lower.endsWith(".gz") ? lower.substring(0, lower.length() - 3) : lower;
    }

    /** Opens the unpacked content, which ends with an exception at {@link #MAX_UNPACKED_BYTES}. */
    InputStream open() throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(path), BUFFER_BYTES);
        try {
            raw.mark(2);
            boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
            raw.reset();
            return new Limited(gzip ? new GZIPInputStream(raw, BUFFER_BYTES) : raw);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /** The first bytes of the unpacked content, {@code max} of them if there are as many. */
    byte[] head(int max) throws IOException {
        try (InputStream in = open()) {
            return in.readNBytes(max);
        }
    }

    /** Whether a file that begins with these bytes is no text: text has no zero bytes. */
    static boolean isBinary(byte[] head) {
        for (byte b : head) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }

    /** The most bytes that the unpacked content can have. Exact for a file that is not compressed. */
    long maxUnpackedBytes() throws IOException {
        long size = Files.size(path);
        return isGzip() ? size * MAX_DEFLATE_RATIO : size;
    }

    boolean isGzip() throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return Arrays.equals(in.readNBytes(2), new byte[] {0x1f, (byte) 0x8b});
        }
    }

    /** The error of this file that the user can mend. */
    TinytuneException invalid(String what) {
        return new TinytuneException(ExitCode.INVALID_INPUT, name() + what);
    }

    /** Turns a failure to read into one line. */
    TinytuneException unreadable(IOException e) {
        String why;
        if (e instanceof NoSuchFileException) {
            why = " does not exist";
        } else if (e instanceof AccessDeniedException) {
            why = " may not be read (permission denied)";
        } else if (e instanceof EOFException) {
            why = " ends too early: it is cut off, get it again";
        } else if (e instanceof ZipException) {
            why = " is a damaged .gz file (" + e.getMessage() + "): get it again";
        } else if (e instanceof CharacterCodingException) {
            why = " is not UTF-8 text: save it as UTF-8";
        } else {
            why = " cannot be read: " + e.getMessage();
        }
        return new TinytuneException(ExitCode.INVALID_INPUT, name() + why, e);
    }

    /** Counts what is read and refuses to go on for ever. */
    private final class Limited extends FilterInputStream {
        private long left = MAX_UNPACKED_BYTES;

        Limited(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = in.read();
            count(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int n = in.read(into, offset, length);
            count(n);
            return n;
        }

        private void count(int n) {
            left -= Math.max(n, 0);
            if (left < 0) {
                throw invalid(" holds more than " + (MAX_UNPACKED_BYTES >> 20)
                        + " MiB when unpacked: one file may hold no more");
            }
        }
    }
}
