package org.tinytune.train.checkpoint;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.file.WholeFile;
import org.tinytune.train.Checkpoint;
import org.tinytune.train.Checkpoints;

/**
 * Keeps the latest checkpoint of a training in a file, which appears whole or not at all, and belongs to one training:
 * a training with other settings is told what differs.
 *
 * <p>The file, big-endian: 8 bytes {@value #MAGIC}; int format version; int length of what follows up to the checksum;
 * the settings as an int count and that many pairs of modified UTF-8; the checkpoint as {@link Checkpoint#write} writes
 * it; int CRC-32C (RFC 3720) of everything before it.
 *
 * <p>Checked by: CheckpointFileTest.
 */
public final class CheckpointFile implements Checkpoints {
    private static final String MAGIC = "TINYTCKP";
    private static final int VERSION = 3;
    private static final int HEADER = MAGIC.length() + 2 * Integer.BYTES;

    private final Path file;
    private final Map<String, String> settings;
    /** Whether the file has a checkpoint of this training. */
    private boolean holdsOne;

    /**
     * @param file in a folder that exists; need not be there itself
     * @param settings what a training follows from, by name, in the order in which differences are told
     */
    public CheckpointFile(Path file, Map<String, String> settings) {
        this.file = file;
        this.settings = new LinkedHashMap<>(settings);
    }

    /**
     * {@inheritDoc}
     *
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if the file is no checkpoint or damaged; with
     *     {@link ExitCode#USAGE} if it is of a training with other settings
     */
    @Override
    public Optional<Checkpoint> latest() {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException | FileNotFoundException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unreadable(e);
        }
        try {
            Checkpoint latest = parse(bytes);
            holdsOne = true;
            return Optional.of(latest);
        } catch (EOFException e) {
            throw damaged("it ends too early");
        } catch (IOException e) {
            throw damaged(e.getMessage());
        }
    }

    private Checkpoint parse(byte[] bytes) throws IOException {
        checkFrame(bytes);
        DataInputStream in =
                new DataInputStream(new ByteArrayInputStream(bytes, HEADER, bytes.length - HEADER - Integer.BYTES));
        Map<String, String> found = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            found.put(in.readUTF(), in.readUTF());
        }
        requireSame(found);
        Checkpoint checkpoint = Checkpoint.read(in);
        if (in.available() > 0) {
            throw new IOException(in.available() + " bytes are left over");
        }
        return checkpoint;
    }

    private void checkFrame(byte[] bytes) throws IOException {
        if (bytes.length < HEADER + Integer.BYTES
                || !Arrays.equals(magic(), 0, magic().length, bytes, 0, magic().length)) {
            throw new IOException("it does not begin as one");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int version = buffer.getInt(MAGIC.length());
        if (version != VERSION) {
            throw new IOException("its format is " + version + ", not " + VERSION);
        }
        int length = buffer.getInt(MAGIC.length() + Integer.BYTES);
        if (length != bytes.length - HEADER - Integer.BYTES) {
            throw new IOException(
                    "it is " + bytes.length + " bytes long, not " + (HEADER + (long) length + Integer.BYTES));
        }
        if (buffer.getInt(bytes.length - Integer.BYTES) != checksum(bytes, bytes.length - Integer.BYTES)) {
            throw new IOException("its checksum is wrong");
        }
    }

    private void requireSame(Map<String, String> found) {
        TreeSet<String> differences = new TreeSet<>();
        List<String> names = List.copyOf(settings.keySet());
        for (String name : names) {
            String before = found.getOrDefault(name, "not known");
            if (!before.equals(settings.get(name))) {
                differences.add(name + " was " + before + ", is " + settings.get(name));
            }
        }
        if (!differences.isEmpty()) {
            throw new TinytuneException(
                    ExitCode.USAGE,
                    file + ": the training was begun with other settings: " + String.join("; ", differences)
                            + " (take the same ones, or begin anew with --force)");
        }
    }

    private TinytuneException unreadable(IOException e) {
        return new TinytuneException(
                ExitCode.INVALID_INPUT,
                file + ": "
                        + (Files.isDirectory(file) ? "is a folder, not a checkpoint" : "cannot be read: " + reason(e))
                        + " (remove it, or give another --out)",
                e);
    }

    private TinytuneException damaged(String how) {
        return new TinytuneException(
                ExitCode.INVALID_INPUT,
                file + ": no checkpoint, or damaged: " + how + " (begin anew with --force, or give another --out)");
    }

    @Override
    public void save(Checkpoint checkpoint) {
        try {
            WholeFile.write(file, bytes(checkpoint));
            holdsOne = true;
        } catch (IOException e) {
            throw new TinytuneException(
                    ExitCode.INVALID_INPUT,
                    "the checkpoint cannot be written"
                            + (holdsOne ? ", the one before is kept: " : ", and there is none to go on with: ")
                            + reason(e)
                            + (holdsOne ? " (make room and continue with --resume)" : " (make room and begin anew)"),
                    e);
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private byte[] bytes(Checkpoint checkpoint) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(magic());
        out.writeInt(VERSION);
        out.writeInt(0); // the length, known below
        out.writeInt(settings.size());
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            out.writeUTF(setting.getKey());
            out.writeUTF(setting.getValue());
        }
        checkpoint.write(out);
        out.writeInt(0); // the checksum, known below
        byte[] array = bytes.toByteArray();
        int end = array.length - Integer.BYTES;
        ByteBuffer.wrap(array).putInt(HEADER - Integer.BYTES, end - HEADER);
        ByteBuffer.wrap(array).putInt(end, checksum(array, end));
        return array;
    }

    private static byte[] magic() {
        return MAGIC.getBytes(StandardCharsets.US_ASCII);
    }

    private static int checksum(byte[] bytes, int end) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, end);
        return (int) checksum.getValue();
    }
}
