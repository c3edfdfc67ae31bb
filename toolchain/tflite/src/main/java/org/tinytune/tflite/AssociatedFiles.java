package org.tinytune.tflite;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedMap;
import java.util.zip.CRC32;
import java.util.zip.ZipInputStream;

/**
 * The zip archive behind a model.
 *
 * <p>Its offsets count from the beginning of the whole file, so that both a zip tool and TFLite's own reader find their
 * way. What is written is stored, not compressed, because TFLite's reader knows nothing else; what is read may be
 * either.
 *
 * <p>Source: PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16. Checked by: AssociatedFilesTest.
 */
final class AssociatedFiles {
    private static final int LOCAL_HEADER = 0x04034b50;
    private static final int LOCAL_HEADER_BYTES = 30;
    private static final int CENTRAL_HEADER = 0x02014b50;
    private static final int CENTRAL_HEADER_BYTES = 46;
    private static final int CENTRAL_LENGTHS = 28;
    private static final int CENTRAL_LOCAL_OFFSET = 42;
    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int END_ENTRIES = 10;
    private static final int END_CENTRAL_OFFSET = 16;
    private static final int MAX_COMMENT_BYTES = 0xffff;

    /** Of the format: both what wrote the archive and what is needed to read it. */
    private static final short VERSION = 20;

    private static final short NAMES_ARE_UTF8 = 1 << 11;
    private static final short STORED = 0;
    private static final short MIDNIGHT = 0;
    /** The first of January 1980, where the format's time begins: an archive must not depend on the day. */
    private static final short FIRST_DAY = 1 << 5 | 1;

    /** No more of a file is read than this, whatever its compressed form claims. */
    private static final int MAX_FILE_BYTES = 1 << 22;

    private AssociatedFiles() {}

    /** The model followed by an archive of the files; the model alone if there are none. */
    static byte[] append(byte[] model, SortedMap<String, byte[]> files) {
        if (files.isEmpty()) {
            return model;
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteArrayOutputStream directory = new ByteArrayOutputStream();
        all.writeBytes(model);
        files.forEach((name, content) -> {
            byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
            byte[] central = new byte[CENTRAL_HEADER_BYTES];
            describe(littleEndian(central).putInt(CENTRAL_HEADER).putShort(VERSION), nameBytes, content)
                    .putInt(CENTRAL_LOCAL_OFFSET, all.size());
            directory.writeBytes(central);
            directory.writeBytes(nameBytes);
            byte[] local = new byte[LOCAL_HEADER_BYTES];
            describe(littleEndian(local).putInt(LOCAL_HEADER), nameBytes, content);
            all.writeBytes(local);
            all.writeBytes(nameBytes);
            all.writeBytes(content);
        });
        byte[] end = new byte[END_BYTES];
        littleEndian(end)
                .putInt(END)
                .putInt(0)
                .putShort((short) files.size())
                .putShort((short) files.size())
                .putInt(directory.size())
                .putInt(all.size());
        all.writeBytes(directory.toByteArray());
        all.writeBytes(end);
        return all.toByteArray();
    }

    /** What both headers of an entry say of it: from the version that is needed to the length of the name. */
    private static ByteBuffer describe(ByteBuffer header, byte[] name, byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        return header.putShort(VERSION)
                .putShort(NAMES_ARE_UTF8)
                .putShort(STORED)
                .putShort(MIDNIGHT)
                .putShort(FIRST_DAY)
                .putInt((int) crc.getValue())
                .putInt(content.length)
                .putInt(content.length)
                .putShort((short) name.length);
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The content of a file in the archive; empty if there is no archive or no such file.
     *
     * @throws org.tinytune.core.TinytuneException if the archive is damaged
     */
    static Optional<byte[]> read(UntrustedFile file, String name) {
        int end = findEnd(file);
        if (end < 0) {
            return Optional.empty();
        }
        int entries = file.getUnsignedShort(end + END_ENTRIES);
        int entry = file.getInt(end + END_CENTRAL_OFFSET);
        for (int i = 0; i < entries; i++) {
            if (file.getInt(entry) != CENTRAL_HEADER) {
                throw file.damaged("the archive behind the model has no entry " + i + " of " + entries);
            }
            int nameLength = file.getUnsignedShort(entry + CENTRAL_LENGTHS);
            int extraLength = file.getUnsignedShort(entry + CENTRAL_LENGTHS + Short.BYTES);
            int commentLength = file.getUnsignedShort(entry + CENTRAL_LENGTHS + 2 * Short.BYTES);
            ByteBuffer entryName = file.slice(entry + CENTRAL_HEADER_BYTES, nameLength);
            if (StandardCharsets.UTF_8.decode(entryName).toString().equals(name)) {
                return Optional.of(content(file, file.getInt(entry + CENTRAL_LOCAL_OFFSET), name));
            }
            entry += CENTRAL_HEADER_BYTES + nameLength + extraLength + commentLength;
        }
        return Optional.empty();
    }

    /** Where the end record begins, before a comment that may follow; -1 if there is no archive. */
    private static int findEnd(UntrustedFile file) {
        int last = file.length() - END_BYTES;
        for (int at = last; at >= Math.max(0, last - MAX_COMMENT_BYTES); at--) {
            if (file.getInt(at) == END) {
                return at;
            }
        }
        return -1;
    }

    private static byte[] content(UntrustedFile file, int localHeader, String name) {
        try (ZipInputStream zip = new ZipInputStream(file.stream(localHeader))) {
            if (zip.getNextEntry() == null) {
                throw file.damaged("'" + name + "' is not where the archive says");
            }
            byte[] content = zip.readNBytes(MAX_FILE_BYTES + 1);
            if (content.length > MAX_FILE_BYTES) {
                throw file.damaged("'" + name + "' has more than " + MAX_FILE_BYTES + " bytes");
            }
            return content;
        } catch (IOException | IllegalArgumentException e) { // the latter for names that are no UTF-8
            throw file.damaged("'" + name + "' cannot be unpacked (" + e.getMessage() + ")");
        }
    }
}
