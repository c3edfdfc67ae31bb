package org.tinytune.data.reader;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files as other programs write them. */
final class TestFiles {
    static final int PCM = 1;
    static final int FLOAT = 3;

    private TestFiles() {}

    /** Writes a file and the folders above it. */
    static Path write(Path folder, String name, byte[] content) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path write(Path folder, String name, String text) {
        return write(folder, name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A WAV file of 16 bits and one channel. */
    static byte[] wav(int rate, int... samples) {
        ByteBuffer data = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int sample : samples) {
            data.putShort((short) sample);
        }
        return riff(chunk("fmt ", format(PCM, 1, rate, 16)), chunk("data", data.array()));
    }

    static byte[] format(int tag, int channels, int rate, int bits) {
        int frame = channels * ((bits + 7) / 8);
        return ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) tag)
                .putShort((short) channels)
                .putInt(rate)
                .putInt(rate * frame)
                .putShort((short) frame)
                .putShort((short) bits)
                .array();
    }

    /** A chunk, padded to an even length. */
    static byte[] chunk(String id, byte[] content) {
        return chunk(id, content.length, content);
    }

    /** A chunk that announces a length of its own. */
    static byte[] chunk(String id, int length, byte[] content) {
        return ByteBuffer.allocate(8 + content.length + (content.length & 1))
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(id.getBytes(StandardCharsets.ISO_8859_1))
                .putInt(length)
                .put(content)
                .array();
    }

    static byte[] riff(byte[]... chunks) {
        byte[] content = concat(chunks);
        return concat(chunk("RIFF", 4 + content.length, "WAVE".getBytes(StandardCharsets.ISO_8859_1)), content);
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** An NPY file of version 1. */
    static byte[] npy(String descr, boolean fortran, String shape, byte[] content) {
        String header = "{'descr': '" + descr + "', 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': ("
                + shape + "), }\n";
        return concat(
                "\u0093NUMPY\1\0".getBytes(StandardCharsets.ISO_8859_1),
                new byte[] {(byte) header.length(), (byte) (header.length() >> 8)},
                header.getBytes(StandardCharsets.ISO_8859_1),
                content);
    }

    static byte[] zip(Map<String, byte[]> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A recording of Edge Impulse. */
    static String edgeImpulse(double intervalMillis, String values) {
        return "{\"protected\":{\"ver\":\"v1\",\"alg\":\"none\"},\"signature\":\"00\",\"payload\":{\"device_name\":\"a\","
                + "\"interval_ms\":" + intervalMillis
                + ",\"sensors\":[{\"name\":\"accX\",\"units\":\"m/s2\"},{\"name\":\"accY\",\"units\":\"m/s2\"}],"
                + "\"values\":" + values + "}}";
    }
}
