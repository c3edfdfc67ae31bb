package org.tinytune.data.reader;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tinytune.data.reader.Layout.Placed;
import org.tinytune.data.recording.DataPart;

/**
 * A data set as Edge Impulse exports it: recordings in folders {@code training} and {@code testing}, and a file
 * {@value #LABELS} that says what each is. Without that file, a name begins with the label: {@code idle.1.json}.
 */
final class EdgeImpulseExport {
    static final String LABELS = "info.labels";

    private static final int MAX_LABELS_BYTES = 1 << 26;

    private EdgeImpulseExport() {}

    /**
     * The file that says what each recording is; an archive that was unpacked may have a folder around it all. Each
     * part has one as well, of which the outer one knows.
     */
    static Optional<DataFile> labels(FileTree tree) {
        List<DataFile> all =
                tree.files().stream().filter(f -> f.fileName().equals(LABELS)).toList();
        List<DataFile> outer = all.stream()
                .filter(f -> all.stream()
                        .noneMatch(other -> !other.equals(f) && folder(f).startsWith(folder(other))))
                .toList();
        return outer.size() == 1 ? Optional.of(outer.get(0)) : Optional.empty();
    }

    private static String folder(DataFile file) {
        return file.name().substring(0, file.name().lastIndexOf('/') + 1);
    }

    /** What is said of the recordings of an export. */
    static List<Placed> place(FileTree tree, List<DataFile> recordings) {
        Optional<DataFile> labels = labels(tree);
        return labels.isPresent() ? listed(tree, labels.get()) : byName(recordings);
    }

    private static List<Placed> listed(FileTree tree, DataFile labels) {
        JsonNode files = parse(labels).path("files");
        if (!files.isArray() || files.isEmpty()) {
            throw labels.invalid(" lists no files: export the data again");
        }
        List<Placed> placed = new ArrayList<>();
        for (JsonNode entry : files) {
            String path = entry.path("path").asText();
            DataFile file = tree.find(folder(labels) + path)
                    .orElseThrow(() -> labels.invalid(" lists '" + CsvTable.shown(path)
                            + "', which is not there: unpack or export the data again"));
            placed.add(new Placed(
                    file,
                    Optional.of(label(file, entry.path("label"))),
                    Optional.empty(),
                    DataPart.named(entry.path("category").asText())));
        }
        placed.sort(Comparator.comparing(p -> p.file().name()));
        return placed;
    }

    private static String label(DataFile file, JsonNode label) {
        if (label.isTextual() && !label.textValue().isBlank()) {
            return Layout.label(label.textValue());
        }
        if (label.path("type").asText().equals("label")
                && !label.path("label").asText().isBlank()) {
            return Layout.label(label.path("label").asText());
        }
        String type = label.path("type").asText();
        throw file.invalid(
                type.equals("unlabeled")
                        ? " has no label: give it one in Edge Impulse, or remove it there, and export again"
                        : " has labels of type '" + CsvTable.shown(type)
                                + "', which are not read: give it a single label, and export again");
    }

    private static JsonNode parse(DataFile labels) {
        try (InputStream in = labels.open()) {
            byte[] bytes = in.readNBytes(MAX_LABELS_BYTES + 1);
            if (bytes.length > MAX_LABELS_BYTES) {
                throw labels.invalid(" is larger than " + (MAX_LABELS_BYTES >> 20) + " MiB: it is no list of files");
            }
            return JsonMapper.builder().build().readTree(bytes);
        } catch (JsonProcessingException e) {
            throw labels.invalid(" is cut off or damaged: export the data again");
        } catch (IOException e) {
            throw labels.unreadable(e);
        }
    }

    private static List<Placed> byName(List<DataFile> recordings) {
        List<Placed> placed = new ArrayList<>();
        for (DataFile file : recordings) {
            String label = Layout.label(file.fileName().split("\\.", 2)[0]);
            Optional<DataPart> part = Stream.of(folder(file).split("/"))
                    .flatMap(name -> DataPart.named(name).stream())
                    .findFirst();
            placed.add(new Placed(file, Optional.of(label), Optional.empty(), part));
        }
        return placed;
    }
}
