package org.tinytune.data.reader;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a file's first bytes tell of it. */
enum FileKind {
    IDX,
    WAV,
    NPY,
    ZIP,
    IMAGE,
    EDGE_IMPULSE_JSON,
    EDGE_IMPULSE_CBOR,
    TEXT,
    BINARY;

    /** Bytes that are enough to tell. */
    static final int HEAD_BYTES = 4096;

    /** A format that is known, though not read, by its first bytes. */
    private record Foreign(String magic, int offset, String hint) {
        boolean begins(String head) {
            return head.startsWith(magic, offset);
        }
    }

    private static final String TO_WAV = "convert its files to WAV, as in ffmpeg -i a.xyz a.wav";

    private static final List<Foreign> FOREIGN = List.of(
            new Foreign("ID3", 0, "MP3: " + TO_WAV),
            new Foreign("\u00ff\u00fb", 0, "MP3: " + TO_WAV),
            new Foreign("OggS", 0, "Ogg: " + TO_WAV),
            new Foreign("fLaC", 0, "FLAC: " + TO_WAV),
            new Foreign("ftyp", 4, "MP4: " + TO_WAV),
            new Foreign("FORM", 0, "AIFF: " + TO_WAV),
            new Foreign("MATLAB", 0, "MATLAB: save its arrays as .npy or .csv"),
            new Foreign("\u0089HDF", 0, "HDF5: save its arrays as .npy or .csv"),
            new Foreign("PAR1", 0, "Parquet: save its tables as .csv"),
            new Foreign("\u0080\u0003", 0, "a Python pickle, which could run anything: save its arrays as .npy"),
            new Foreign("\u0080\u0004", 0, "a Python pickle, which could run anything: save its arrays as .npy"),
            new Foreign("Rar!", 0, "a RAR archive: unpack it, or pack it as .zip"),
            new Foreign("7z\u00bc\u00af", 0, "a 7z archive: unpack it, or pack it as .zip"));

    private static final Pattern ATTRIBUTES = Pattern.compile("(?im)^@(relation|attribute|problemName)\\s");

    /** Finds out by content alone. */
    static FileKind of(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        if (IdxFile.begins(head)) {
            return IDX;
        }
        if ((text.startsWith("RIFF") && text.startsWith("WAVE", 8)) || text.startsWith("RF64")) {
            return WAV;
        }
        if (text.startsWith(NpyArray.MAGIC)) {
            return NPY;
        }
        if (text.startsWith("PK\u0003\u0004") || text.startsWith("PK\u0005\u0006")) {
            return ZIP;
        }
        if (text.startsWith("\u0089PNG") || text.startsWith("\u00ff\u00d8\u00ff") || isBitmap(text)) {
            return IMAGE;
        }
        if (EdgeImpulseFile.beginsAsJson(text)) {
            return EDGE_IMPULSE_JSON;
        }
        if (EdgeImpulseFile.beginsAsCbor(text)) {
            return EDGE_IMPULSE_CBOR;
        }
        return DataFile.isBinary(head) && !EncodedText.isUtf16(head) ? BINARY : TEXT;
    }

    private static Optional<String> foreignText(String text) {
        return ATTRIBUTES.matcher(text).find()
                ? Optional.of("text that describes itself, as ARFF and .ts files do: save its table as .csv")
                : Optional.empty();
    }

    /** A header of 40 bytes or more follows the 14 of the file's, its size being in little-endian order. */
    private static boolean isBitmap(String text) {
        return text.startsWith("BM") && text.length() > 18 && text.startsWith("\0\0\0", 15);
    }

    /** What a file of another kind is, and what to do about it, if its first bytes say so. */
    static Optional<String> foreign(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        return FOREIGN.stream()
                .filter(f -> f.begins(text))
                .map(Foreign::hint)
                .findFirst()
                .or(() -> foreignText(text));
    }
}
