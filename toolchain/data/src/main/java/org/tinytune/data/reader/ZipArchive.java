package org.tinytune.data.reader;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.tinytune.core.TinytuneException;

/**
 * A zip archive that is read in place, so that nothing is ever written. Its directory is checked as a whole before any
 * entry is opened: names that lead out of it, links, encryption, and sizes that no data set has are refused; an archive
 * in it is not opened.
 *
 * <p>The platform's reader does not tell of links, which is why the directory is read here too. Source: PKWARE,
 * APPNOTE.TXT 6.3.10, sections 4.3 and 4.4.
 */
final class ZipArchive implements Closeable {
    static final int MAX_ENTRIES = 200_000;

    /** All entries together, unpacked. */
    static final long MAX_BYTES = 64L << 30;

    /** Silence packs as tightly as a bomb does, so that small archives may. */
    static final long MAX_RATIO = 200;

    static final long FREE_BYTES = 256L << 20;

    private static final int END_BYTES = 22;
    private static final int MAX_COMMENT_BYTES = 0xffff;
    private static final int MAX_DIRECTORY_BYTES = 1 << 27;
    private static final int END = 0x0605_4b50;
    private static final int END_64 = 0x0606_4b50;
    private static final int LOCATOR_64 = 0x0706_4b50;
    private static final int HEADER = 0x0201_4b50;
    private static final int HEADER_BYTES = 46;
    private static final int EXTRA_64 = 0x0001;
    private static final long IN_EXTRA = 0xffff_ffffL;
    private static final int FILE_TYPE = 0xf000;
    private static final int LINK = 0xa000;

    private final DataFile file;
    private final ZipFile zip;
    private final List<DataFile> files;

    private ZipArchive(DataFile file, ZipFile zip, List<DataFile> files) {
        this.file = file;
        this.zip = zip;
        this.files = files;
    }

    /**
     * Opens an archive.
     *
     * @throws org.tinytune.core.TinytuneException with {@link org.tinytune.core.ExitCode#INVALID_INPUT} if it is
     *     damaged, or not to be trusted
     */
    static ZipArchive open(DataFile file, Path path) {
        try {
            List<Entry> entries = new Directory(file).read(path);
            ZipFile zip = new ZipFile(path.toFile(), StandardCharsets.UTF_8);
            List<DataFile> files = new ArrayList<>();
            for (Entry entry : entries) {
                if (!entry.isFolder()) {
                    files.add(new DataFile(entry.name(), new Source(file, zip, entry)));
                }
            }
            return new ZipArchive(file, zip, files);
        } catch (ZipException e) {
            throw file.invalid(" is a damaged zip archive (" + e.getMessage() + "): get it again");
        } catch (IOException e) {
            throw file.unreadable(e);
        }
    }

    /** All entries that are files, by their names with slashes. */
    List<DataFile> files() {
        return files;
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw file.unreadable(e);
        }
    }

    /**
     * An entry.
     *
     * @param stored its name, as the archive has it
     * @param name the same as everything else sees it: with slashes, without parts that lead nowhere
     */
    private record Entry(String stored, String name, long size) {
        boolean isFolder() {
            return stored.endsWith("/") || stored.endsWith("\\");
        }
    }

    /** The content of an entry, no longer than the directory says. */
    private record Source(DataFile archive, ZipFile zip, Entry entry) implements DataFile.Source {
        @Override
        public InputStream open() throws IOException {
            ZipEntry found = zip.getEntry(entry.stored());
            InputStream in = found == null ? null : zip.getInputStream(found);
            if (in == null) {
                throw archive.invalid(": '" + CsvTable.shown(entry.name()) + "' cannot be found in it: get it again");
            }
            return new FilterInputStream(in) {
                private long left = entry.size();

                @Override
                public int read() throws IOException {
                    int b = in.read();
                    count(b < 0 ? 0 : 1);
                    return b;
                }

                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    int n = in.read(into, offset, length);
                    count(Math.max(n, 0));
                    return n;
                }

                private void count(int n) {
                    left -= n;
                    if (left < 0) {
                        throw archive.invalid(": '" + CsvTable.shown(entry.name()) + "' unpacks to more than the "
                                + entry.size() + " bytes that the archive announces: it is damaged, or a bomb");
                    }
                }
            };
        }

        @Override
        public long size() {
            return entry.size();
        }
    }

    /** The directory at the end of an archive. */
    private record Directory(DataFile file) {
        List<Entry> read(Path path) throws IOException {
            try (FileChannel channel = FileChannel.open(path)) {
                ByteBuffer directory = locate(channel);
                List<Entry> entries = new ArrayList<>();
                Set<String> names = new HashSet<>();
                long total = 0;
                while (directory.remaining() >= HEADER_BYTES && directory.getInt(directory.position()) == HEADER) {
                    Entry entry = entry(directory);
                    if (!names.add(entry.isFolder() ? entry.name() + "/" : entry.name())) {
                        throw file.invalid(" holds '" + CsvTable.shown(entry.name()) + "' twice: pack it again");
                    }
                    entries.add(entry);
                    total += entry.size();
                    checkTotals(entries.size(), total, channel.size());
                }
                if (directory.hasRemaining()) {
                    throw damaged("its directory is broken");
                }
                return entries;
            }
        }

        private void checkTotals(int entries, long total, long packed) {
            if (entries > MAX_ENTRIES) {
                throw file.invalid(" holds more than " + MAX_ENTRIES + " files: unpack it, and name the folder");
            }
            if (total > MAX_BYTES) {
                throw file.invalid(" unpacks to more than " + (MAX_BYTES >> 30) + " GiB: use a part of it");
            }
            if (total > FREE_BYTES && total / MAX_RATIO > packed) {
                throw file.invalid(
                        " unpacks to more than " + MAX_RATIO + " times its own size, as no data do: it may be"
                                + " a bomb (if it is not, unpack it yourself, and name the folder)");
            }
        }

        private ByteBuffer locate(FileChannel channel) throws IOException {
            long size = channel.size();
            long tailBegin = Math.max(0, size - END_BYTES - MAX_COMMENT_BYTES);
            ByteBuffer tail = read(channel, tailBegin, size - tailBegin);
            for (int at = tail.capacity() - END_BYTES; at >= 0; at--) {
                if (tail.getInt(at) == END && at + END_BYTES + (tail.getShort(at + 20) & 0xffff) == tail.capacity()) {
                    return directory(channel, tailBegin + at, tail.getInt(at + 12) & IN_EXTRA);
                }
            }
            throw damaged("it has no directory, so that it is cut off");
        }

        /** The directory ends where its end record begins, which is more to be relied on than the offset in it. */
        private ByteBuffer directory(FileChannel channel, long end, long stated) throws IOException {
            long bytes = stated;
            long begins = end;
            if (end >= 20) {
                ByteBuffer locator = read(channel, end - 20, 20);
                if (locator.getInt(0) == LOCATOR_64) {
                    begins = locator.getLong(8);
                    if (begins < 0
                            || begins > end - 56
                            || read(channel, begins, 4).getInt(0) != END_64) {
                        throw damaged("its directory is broken");
                    }
                    bytes = read(channel, begins, 56).getLong(40);
                }
            }
            if (bytes < 0 || bytes > begins) {
                throw damaged("its directory is broken");
            }
            if (bytes > MAX_DIRECTORY_BYTES) {
                throw file.invalid(" holds too many files: unpack it, and name the folder");
            }
            return read(channel, begins - bytes, bytes);
        }

        private ByteBuffer read(FileChannel channel, long position, long bytes) throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, position + buffer.position()) < 0) {
                    throw damaged("it is cut off");
                }
            }
            return buffer.flip();
        }

        private Entry entry(ByteBuffer in) {
            int at = in.position();
            int nameBytes = in.getShort(at + 28) & 0xffff;
            int extraBytes = in.getShort(at + 30) & 0xffff;
            int commentBytes = in.getShort(at + 32) & 0xffff;
            if (in.remaining() < HEADER_BYTES + nameBytes + extraBytes + commentBytes) {
                throw damaged("its directory is broken");
            }
            String stored = name(in.slice(at + HEADER_BYTES, nameBytes));
            String name = normal(stored);
            if ((in.getShort(at + 8) & 1) != 0) {
                throw file.invalid(": '" + CsvTable.shown(name) + "' is encrypted: unpack it, and name the folder");
            }
            if ((in.getShort(at + 40) & FILE_TYPE) == LINK) {
                throw file.invalid(": '" + CsvTable.shown(name) + "' is a link, which is not followed: pack the file");
            }
            long size = in.getInt(at + 24) & IN_EXTRA;
            if (size == IN_EXTRA) {
                size = sizeInExtra(
                        in.slice(at + HEADER_BYTES + nameBytes, extraBytes).order(ByteOrder.LITTLE_ENDIAN));
            }
            in.position(at + HEADER_BYTES + nameBytes + extraBytes + commentBytes);
            return new Entry(stored, name, size);
        }

        private long sizeInExtra(ByteBuffer extra) {
            while (extra.remaining() >= 4) {
                int id = extra.getShort() & 0xffff;
                int bytes = extra.getShort() & 0xffff;
                if (bytes > extra.remaining()) {
                    break;
                }
                if (id == EXTRA_64 && bytes >= Long.BYTES && extra.getLong(extra.position()) >= 0) {
                    return extra.getLong(extra.position());
                }
                extra.position(extra.position() + bytes);
            }
            throw damaged("the size of an entry is missing");
        }

        private String name(ByteBuffer bytes) {
            String name;
            try {
                name = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            } catch (CharacterCodingException e) {
                throw file.invalid(" holds a name that is not UTF-8: pack it again, or unpack it and name the folder");
            }
            return name;
        }

        /** Some programs write backslashes (those of .NET), or begin with the folder in which they are, {@code ./}. */
        private String normal(String stored) {
            String slashed = stored.replace('\\', '/');
            List<String> parts = Stream.of(slashed.split("/"))
                    .filter(part -> !part.isEmpty() && !part.equals("."))
                    .toList();
            String name = String.join("/", parts);
            if (parts.contains("..") || slashed.startsWith("/") || name.matches("[A-Za-z]:.*")) {
                throw file.invalid(": the name '" + CsvTable.shown(stored)
                        + "' leads out of the archive: it is not to be trusted");
            }
            boolean none = name.isEmpty() && !slashed.endsWith("/");
            if (none || stored.chars().anyMatch(c -> c < ' ')) {
                throw file.invalid(": the name '" + CsvTable.shown(stored) + "' is none: it is not to be trusted");
            }
            return name;
        }

        private TinytuneException damaged(String why) {
            return file.invalid(" is a damaged zip archive, " + why + ": get it again");
        }
    }
}
