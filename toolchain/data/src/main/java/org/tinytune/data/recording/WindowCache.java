package org.tinytune.data.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tinytune.data.CacheFolder;
import org.tinytune.data.Int16Store;
import org.tinytune.data.Sha256;

/**
 * Where windows are: in memory while they are few, otherwise in a file that is mapped, in the folder that the operating
 * system has for caches (or TINYTUNE_CACHE). A file is for what memory does not hold, and saves few windows no time:
 * recordings have been decoded before it is known how they are cut, and its name takes the hashes of all files, which
 * cost as much time as the cutting. A file is named by a hash of all that its windows follow from; it is there whole or
 * not at all, and may be removed at any time by anybody. What a process that was ended left of a file is removed by the
 * next one that needs a file.
 *
 * <p>A file is a header of 64 bytes (magic, values of a window, windows, SHA-256 of the values) and the values, all in
 * little-endian order.
 */
public final class WindowCache {
    private static final String ENDING = ".windows";
    private static final long MAGIC = 0x3157_4e49_5754_5454L;
    private static final int HEADER_BYTES = 64;
    private static final long MAX_MAPPED_BYTES = 1L << 30;

    /** A file that is being written, and the process that writes it. */
    private static final Pattern PART = Pattern.compile("\\..*" + Pattern.quote(ENDING) + "\\.([0-9]{1,18})\\.part");

    /** Files that stay; those that have not been used for longest make room. */
    private static final int MAX_FILES = 8;

    private final CacheFolder cache;
    private final Path folder;
    private final long maxHeapBytes;

    /**
     * @param folder made when it is needed
     * @param maxHeapBytes more go to a file
     */
    WindowCache(Path folder, long maxHeapBytes) {
        this.cache = new CacheFolder(folder);
        this.folder = folder;
        this.maxHeapBytes = maxHeapBytes;
    }

    /** The cache of this user: what takes more than 256 MiB, or a quarter of the Java heap, is in a file. */
    public static WindowCache ofUser() {
        return new WindowCache(
                CacheFolder.ofUser().path(),
                Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 4));
    }

    /**
     * The windows.
     *
     * @param key of a file, from all that they follow from; asked for only if they go to one
     * @param fill puts every window once; not called if a file is there
     */
    Int16Store store(Supplier<String> key, int windowValues, int windows, Consumer<Int16Store.Sink> fill) {
        long bytes = (long) windowValues * windows * Short.BYTES;
        if (bytes <= maxHeapBytes) {
            Int16Store.HeapSink sink = new Int16Store.HeapSink(windowValues, windows);
            fill.accept(sink);
            return sink.store();
        }
        Path file = folder.resolve(key.get() + ENDING);
        try {
            removeAbandoned();
            Optional<Int16Store> found = open(file, windowValues, windows);
            if (found.isPresent()) {
                markUsed(file);
                return found.get();
            }
            cache.create();
            write(file, windowValues, windows, fill);
            removeOld();
            return open(file, windowValues, windows)
                    .orElseThrow(() -> new IOException("what was written is not what is read"));
        } catch (IOException e) {
            throw cache.cannotHold(bytes, "windows", e);
        }
    }

    /** Writes what is there already, so that the file is as new as one that was written now. */
    private static void markUsed(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer first = ByteBuffer.allocate(1);
            if (channel.read(first, 0) == 1) {
                channel.write(first.flip(), 0);
            }
        } catch (IOException readOnly) {
            // It is read all the same, and makes room sooner.
        }
    }

    /** Removes what was being written by processes that are gone. */
    private void removeAbandoned() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> all = Files.list(folder)) {
            all.filter(WindowCache::isAbandoned).forEach(WindowCache::removeIfPossible);
        }
    }

    private static boolean isAbandoned(Path file) {
        Matcher part = PART.matcher(file.getFileName().toString());
        return part.matches()
                && ProcessHandle.of(Long.parseLong(part.group(1)))
                        .filter(ProcessHandle::isAlive)
                        .isEmpty();
    }

    private static void removeIfPossible(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException inUse) {
            // It goes the next time.
        }
    }

    private static Optional<Int16Store> open(Path file, int windowValues, int windows) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            long length = HEADER_BYTES + (long) windowValues * windows * Short.BYTES;
            if (channel.size() != length || channel.read(header, 0) != HEADER_BYTES) {
                return Optional.empty();
            }
            header.flip();
            if (header.getLong() != MAGIC || header.getInt() != windowValues || header.getInt() != windows) {
                return Optional.empty();
            }
            byte[] sha256 = new byte[32];
            header.get(sha256);
            return Optional.of(new Int16Store(windowValues, windows, map(channel, windowValues, windows), sha256));
        }
    }

    private static List<ShortBuffer> map(FileChannel channel, int windowValues, int windows) throws IOException {
        long windowBytes = (long) windowValues * Short.BYTES;
        int perBlock = (int) Math.min(windows, Math.max(1, MAX_MAPPED_BYTES / windowBytes));
        List<ShortBuffer> blocks = new ArrayList<>();
        for (int first = 0; first < windows; first += perBlock) {
            int count = Math.min(perBlock, windows - first);
            blocks.add(
                    channel.map(FileChannel.MapMode.READ_ONLY, HEADER_BYTES + first * windowBytes, count * windowBytes)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .asShortBuffer());
        }
        return blocks;
    }

    private void write(Path file, int windowValues, int windows, Consumer<Int16Store.Sink> fill) throws IOException {
        Path part = folder.resolve(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            try (FileChannel channel = FileChannel.open(
                    part,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE)) {
                fill.accept(new FileSink(channel, windowValues));
                ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
                header.putLong(MAGIC).putInt(windowValues).putInt(windows);
                header.put(sha256(channel));
                writeAt(channel, header.rewind(), 0);
            } catch (UncheckedWrite e) {
                throw e.failure;
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Of all values; read rather than mapped, for some systems do not rename a file that is mapped. */
    private static byte[] sha256(FileChannel channel) throws IOException {
        MessageDigest digest = Sha256.create();
        ByteBuffer bytes = ByteBuffer.allocate(1 << 20);
        long position = HEADER_BYTES;
        for (int n = channel.read(bytes, position); n > 0; n = channel.read(bytes.clear(), position)) {
            digest.update(bytes.flip());
            position += n;
        }
        return digest.digest();
    }

    /**
     * Those used last stay. One that is in use cannot be removed on some systems, and is none the worse for it on
     * others.
     */
    private void removeOld() throws IOException {
        record Aged(Path file, FileTime time) {}
        List<Aged> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file :
                    all.filter(f -> f.getFileName().toString().endsWith(ENDING)).toList()) {
                files.add(new Aged(file, Files.getLastModifiedTime(file)));
            }
        }
        files.sort(Comparator.comparing(Aged::time).reversed());
        for (Aged old : files.subList(Math.min(MAX_FILES, files.size()), files.size())) {
            removeIfPossible(old.file());
        }
    }

    private static void writeAt(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        while (bytes.hasRemaining()) {
            position += channel.write(bytes, position);
        }
    }

    /** Positional writes: threads need not wait for each other's windows. */
    private record FileSink(FileChannel channel, int windowValues) implements Int16Store.Sink {
        @Override
        public void put(int sample, short[] values) {
            ByteBuffer bytes = ByteBuffer.allocate(Short.BYTES * windowValues).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asShortBuffer().put(values);
            try {
                writeAt(channel, bytes, HEADER_BYTES + (long) sample * windowValues * Short.BYTES);
            } catch (IOException e) {
                throw new UncheckedWrite(e);
            }
        }
    }

    /** A full disk, on its way through the code that cuts windows. */
    private static final class UncheckedWrite extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient IOException failure;

        UncheckedWrite(IOException failure) {
            super(failure);
            this.failure = failure;
        }
    }
}
