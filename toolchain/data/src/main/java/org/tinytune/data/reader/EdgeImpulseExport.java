package org.tinytune.data.reader;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tinytune.data.reader.Layout.Placed;
import org.tinytune.data.reader.Layout.Placement;
import org.tinytune.data.recording.DataPart;

/**
 * A data set as Edge Impulse exports it: recordings in folders {@code training} and {@code testing}, and a file
 * {@value #LABELS} that says what each is. Without that file, a name begins with the label: {@code idle.1.json}.
 */
final class EdgeImpulseExport {
    static final String LABELS = "info.labels";

    /** A label, and something more before the ending. */
    private static final Pattern NAMED = Pattern.compile("[^.]+\\..+\\..+");

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
                        .noneMatch(other -> !other.equals(f) && f.folder().startsWith(other.folder())))
                .toList();
        return outer.size() == 1 ? Optional.of(outer.get(0)) : Optional.empty();
    }

    /**
     * What a file of labels says of the recordings of an export. A pattern may say more: a group, or another label.
     *
     * @param labels the file
     */
    static Placement listed(FileTree tree, DataFile labels, DatasetDescriptor descriptor) {
        List<Placed> placed = listed(tree, labels);
        if (descriptor.recordings().labelPattern().isEmpty()) {
            descriptor.requireNoTestRule(labels, "but this one says which are for testing: leave it out");
            return new Placement(placed, List.of());
        }
        List<DataFile> files = placed.stream().map(Placed::file).toList();
        Placement named = Layout.of(tree, files, Optional.empty(), descriptor.recordings(), false);
        Map<DataFile, Placed> byFile = placed.stream().collect(Collectors.toMap(Placed::file, Function.identity()));
        return new Placement(
                named.files().stream()
                        .map(n -> new Placed(
                                n.file(),
                                n.label().or(byFile.get(n.file())::label),
                                n.group(),
                                n.part().or(byFile.get(n.file())::part)))
                        .toList(),
                named.notes());
    }

    private static List<Placed> listed(FileTree tree, DataFile labels) {
        JsonNode files = parse(labels).path("files");
        if (!files.isArray() || files.isEmpty()) {
            throw labels.invalid(" lists no files: export the data again");
        }
        List<Placed> placed = new ArrayList<>();
        Set<DataFile> seen = new HashSet<>();
        for (JsonNode entry : files) {
            String path = entry.path("path").asText();
            DataFile file = tree.find(labels.folder() + path)
                    .orElseThrow(() -> labels.invalid(" lists '" + CsvTable.shown(path)
                            + "', which is not there: unpack or export the data again"));
            if (!seen.add(file)) {
                throw labels.invalid(" lists '" + CsvTable.shown(path) + "' twice: export the data again");
            }
            placed.add(new Placed(
                    file,
                    Optional.of(label(file, entry.path("label"))),
                    Optional.empty(),
                    DataPart.named(entry.path("category").asText())));
        }
        placed.sort(Comparator.comparing(p -> p.file().name()));
        return placed;
    }

    /**
     * What is said of recordings without a file of labels: by their names, if these are as an export makes them;
     * otherwise as of any other files.
     */
    static Placement unlisted(FileTree tree, List<DataFile> recordings, DatasetDescriptor descriptor) {
        List<String> folders =
                recordings.stream().map(DataFile::folder).distinct().toList();
        boolean inParts = folders.size() == 1
                || folders.stream().allMatch(folder -> part(folder).isPresent());
        List<String> deeper = folders.stream()
                .filter(folder ->
                        folders.size() > 1 && DataPart.named(last(folder)).isEmpty())
                .toList();
        boolean named =
                recordings.stream().allMatch(f -> NAMED.matcher(f.fileName()).matches());
        if (descriptor.recordings().labelPattern().isPresent() || !inParts || !named) {
            return Layout.of(tree, recordings, Optional.empty(), descriptor.recordings(), false);
        }
        descriptor.requireNoTestRule(
                recordings.get(0), "but names of an export are a label and a number: say how they are made");
        return new Placement(
                recordings.stream()
                        .map(f -> new Placed(
                                f,
                                Optional.of(Layout.label(f.fileName().split("\\.", 2)[0])),
                                Optional.empty(),
                                part(f.folder())))
                        .toList(),
                deeper.stream()
                        .limit(1)
                        .map(folder -> "labels are what names begin with, as in an export, and not folders such as "
                                + folder + ": if these are, label_pattern = \"{part}/{label}/*\" (or --label-pattern)"
                                + " says so")
                        .toList());
    }

    /** That of the innermost folder that is called as one. */
    private static Optional<DataPart> part(String folder) {
        List<String> names = Arrays.asList(folder.split("/"));
        return IntStream.rangeClosed(1, names.size())
                .mapToObj(i -> DataPart.named(names.get(names.size() - i)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static String last(String folder) {
        String[] names = folder.split("/");
        return names[names.length - 1];
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
}
