package org.tinytune.data.reader;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.data.Sha256;

/**
 * A file of unknown content, gzip-compressed or not, on the disk or in an archive.
 *
 * @param name as messages show it: from the folder of the data on, with slashes
 * @param source where its bytes come from
 */
record DataFile(String name, Source source) {
    /** What a file may hold once it is unpacked. */
    static final long MAX_UNPACKED_BYTES = 1L << 30;

    /** The best that deflate can do, so a bound on what a file can unpack to. Source: zlib Technical Details. */
    private static final long MAX_DEFLATE_RATIO = 1032;

    private static final int BUFFER_BYTES = 1 << 16;

    /** A single file on the disk. */
    DataFile(Path path) {
        this(path.getFileName().toString(), onDisk(path));
    }

    /** Where a file's bytes come from; several threads may ask. */
    interface Source {
        /** Opens the content from its beginning. */
        InputStream open() throws IOException;

        /** How long it is. */
        long size() throws IOException;
    }

    /** A file on the disk. */
    static Source onDisk(Path path) {
        record OnDisk(Path path) implements Source {
            @Override
            public InputStream open() throws IOException {
                return Files.newInputStream(path);
            }

            @Override
            public long size() throws IOException {
                return Files.size(path);
            }
        }
        return new OnDisk(path);
    }

    /** The folders that the file lies in, each with a slash behind it; empty if it lies in none. */
    String folder() {
        return name.substring(0, name.lastIndexOf('/') + 1);
    }

    /** The name without folders. */
    String fileName() {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** That name in lower case, without {@code .gz}. */
    String plainName() {
        String lower = fileName().toLowerCase(Locale.ROOT);
        return lower.endsWith(".gz") ? lower.substring(0, lower.length() - 3) : lower;
    }

    /** {@code digits} of {@code digits.csv.gz}. */
    String baseName() {
        int dot = fileName().indexOf('.');
        return dot > 0 ? fileName().substring(0, dot) : fileName();
    }

    /** What its first bytes tell. */
    FileKind kind() {
        try {
            return FileKind.of(head(FileKind.HEAD_BYTES));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** What it is, and what to do about it, if it is of a known kind that is not read. */
    Optional<String> foreign() {
        try {
            byte[] head = head(FileKind.HEAD_BYTES);
            return head.length == 0 ? Optional.of("it is empty") : FileKind.foreign(head);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** SHA-256 of the unpacked content. */
    byte[] sha256() {
        MessageDigest digest = Sha256.create();
        try (InputStream in = new DigestInputStream(open(), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
            return digest.digest();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Opens the unpacked content, which ends with an exception at {@link #MAX_UNPACKED_BYTES}. */
    InputStream open() throws IOException {
        InputStream raw = new BufferedInputStream(source.open(), BUFFER_BYTES);
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
        long size = source.size();
        return isGzip() ? size * MAX_DEFLATE_RATIO : size;
    }

    boolean isGzip() throws IOException {
        try (InputStream in = source.open()) {
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
            why = " is damaged where it is compressed (" + e.getMessage() + "): get it again";
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
