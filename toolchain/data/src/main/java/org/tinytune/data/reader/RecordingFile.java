package org.tinytune.data.reader;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.tinytune.data.Sha256;
import org.tinytune.data.reader.Layout.Placed;
import org.tinytune.data.recording.Readings;
import org.tinytune.data.recording.RecordingSource;

/**
 * A file of recordings, and what its place says of them.
 *
 * @param placed the file, with what its place says; what the file itself says goes before it
 * @param kind what it is
 * @param descriptor what the user says of the data
 */
record RecordingFile(Placed placed, FileKind kind, DatasetDescriptor descriptor) implements RecordingSource {
    @Override
    public String name() {
        return placed.file().name();
    }

    @Override
    public Content read() {
        DecodedFile decoded = decode(placed.file(), kind, descriptor);
        List<Take> takes = new ArrayList<>();
        for (DecodedFile.Segment segment : decoded.segments()) {
            String label = segment.label()
                    .map(Layout::label)
                    .or(placed::label)
                    .orElseThrow(() -> placed.file()
                            .invalid(" has no label: put it into a folder called so, give it a column called label (or"
                                    + " label_column = \"...\", or --label-column), or say how names are made (label_pattern ="
                                    + " \"{label}_{n}\", or --label-pattern)"));
            Optional<String> group = segment.group().flatMap(Layout::group).or(placed::group);
            Readings readings = chosen(placed.file(), kind, descriptor, segment.readings());
            takes.add(new Take(name() + segment.suffix(), label, group, segment.whole(), placed.part(), readings));
        }
        return new Content(takes, decoded.notes());
    }

    /**
     * The channels that the user chooses. Of a table, they have been chosen as it was read, for others need be no
     * numbers.
     */
    static Readings chosen(DataFile file, FileKind kind, DatasetDescriptor descriptor, Readings readings) {
        Optional<List<String>> wanted = descriptor.recordings().columns();
        return wanted.isEmpty() || kind == FileKind.TEXT
                ? readings
                : readings.channels(ColumnNames.find(file, wanted.get(), readings.channels()));
    }

    /** The recordings of a file, whatever its place says. */
    static DecodedFile decode(DataFile file, FileKind kind, DatasetDescriptor descriptor) {
        return switch (kind) {
            case WAV -> DecodedFile.of(WavFile.read(file));
            case EDGE_IMPULSE_JSON, EDGE_IMPULSE_CBOR -> EdgeImpulseFile.read(file, kind);
            case NPY -> NpyRecording.read(file, descriptor);
            case TEXT -> SeriesFile.read(file, descriptor);
            default ->
                throw file.invalid(" is no recording that can be read ("
                        + file.foreign().orElse("readable are WAV, CSV, NPY and Edge Impulse's JSON and CBOR")
                        + ")");
        };
    }

    @Override
    public String sha256() {
        MessageDigest digest = Sha256.create();
        digest.update(placed.file().sha256());
        digest.update(descriptor.toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest());
    }
}
