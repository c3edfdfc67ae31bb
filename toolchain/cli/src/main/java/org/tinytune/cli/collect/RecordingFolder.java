package org.tinytune.cli.collect;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tinytune.cli.output.FileFault;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.file.WholeFile;
import org.tinytune.device.stream.StreamFormat;
import org.tinytune.device.stream.Take;

/**
 * The recordings of one label: files {@code 0001.csv} and so on in a folder called so, within the folder of the data
 * set. Each appears whole, and none is ever replaced.
 *
 * <p>A file begins with a column of times, by which a reader knows that rows are moments, and their rate.
 *
 * @param dataset the folder of the data set
 * @param label a folder's name
 */
record RecordingFolder(Path dataset, String label) {
    private static final String TIME = "time_ms";
    private static final Pattern NAME = Pattern.compile("([0-9]{1,9})\\.csv");

    /** Of no file's name on any system, or hidden, or cut off by some. */
    private static final Pattern UNFIT = Pattern.compile("[/\\\\:*?\"<>|\\p{Cntrl}]|^[. ]|[. ]$");

    /** Columns of these names are no readings to those who read data sets. */
    private static final List<String> RESERVED = List.of(
            "label",
            "class",
            "target",
            "group",
            "subject",
            "user",
            "speaker",
            "participant",
            "recording",
            "session",
            "trial",
            "index",
            "row");

    /**
     * Checks the label.
     *
     * @throws TinytuneException with {@link ExitCode#USAGE} if no folder can be called so
     */
    RecordingFolder {
        if (label.isBlank() || label.length() > 100 || UNFIT.matcher(label).find()) {
            throw usage("--label '" + label.replaceAll("\\p{Cntrl}", "?")
                    + "': a folder is called so: use up to 100 letters, digits, spaces, - and _");
        }
    }

    private Path folder() {
        return dataset.resolve(label);
    }

    /**
     * Makes the folder, and checks that new recordings are like those that are there.
     *
     * @throws TinytuneException with {@link ExitCode#USAGE} if it cannot be made, with {@link ExitCode#INVALID_INPUT}
     *     if the columns are others
     */
    void prepare(StreamFormat format) {
        requireReadings(format.axes());
        try {
            Files.createDirectories(folder());
            Optional<Path> other = anyRecording();
            if (other.isPresent()) {
                requireSameColumns(other.get(), header(format));
            }
        } catch (IOException e) {
            throw new TinytuneException(
                    ExitCode.USAGE, folder() + ": " + FileFault.reason(e) + " (give another --out)", e);
        } catch (UncheckedIOException e) {
            throw new TinytuneException(
                    ExitCode.USAGE, folder() + ": " + FileFault.reason(e.getCause()) + " (give another --out)", e);
        }
    }

    private static void requireReadings(List<String> axes) {
        for (String axis : axes) {
            String word = axis.toLowerCase(Locale.ROOT);
            if (RESERVED.contains(word.endsWith("_id") ? word.substring(0, word.length() - 3) : word)
                    || axes.indexOf(axis) != axes.lastIndexOf(axis)) {
                throw usage("'" + axis + "' is no name for one axis of readings (give names by --axes)");
            }
        }
    }

    /** Of any label. */
    private Optional<Path> anyRecording() throws IOException {
        try (Stream<Path> files = Files.find(dataset, 2, (path, a) -> isRecording(path))) {
            return files.sorted().findFirst();
        }
    }

    private static boolean isRecording(Path path) {
        return NAME.matcher(path.getFileName().toString()).matches() && Files.isRegularFile(path);
    }

    private static void requireSameColumns(Path file, String header) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            String there = Optional.ofNullable(reader.readLine()).orElse("");
            if (!there.equals(header)) {
                throw new TinytuneException(
                        ExitCode.INVALID_INPUT,
                        file + " has the columns " + there + ", the new recordings would have " + header
                                + " (give the same by --axes, or another --out)");
            }
        }
    }

    private static String header(StreamFormat format) {
        return TIME + "," + String.join(",", format.axes());
    }

    /**
     * Writes a recording under the next number.
     *
     * @return its file
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if it cannot be written
     */
    Path add(Take take, StreamFormat format) {
        byte[] content = text(take, format).getBytes(StandardCharsets.UTF_8);
        try {
            for (int number = last() + 1; ; number++) {
                Path file = folder().resolve(String.format(Locale.ROOT, "%04d.csv", number));
                try {
                    WholeFile.create(file, content);
                    return file;
                } catch (FileAlreadyExistsException e) {
                    // Somebody else records here as well: the next number is free.
                    continue;
                }
            }
        } catch (IOException e) {
            throw new TinytuneException(
                    ExitCode.INVALID_INPUT,
                    folder() + ": " + FileFault.reason(e) + " (mend that and record it again)",
                    e);
        }
    }

    private int last() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> NAME.matcher(file.getFileName().toString()))
                    .filter(name -> name.matches())
                    .mapToInt(name -> Integer.parseInt(name.group(1)))
                    .max()
                    .orElse(0);
        }
    }

    private static String text(Take take, StreamFormat format) {
        StringBuilder text = new StringBuilder(header(format)).append('\n');
        for (int i = 0; i < take.rows().size(); i++) {
            text.append(millis(take.millis().get(i)))
                    .append(',')
                    .append(String.join(",", take.rows().get(i)))
                    .append('\n');
        }
        return text.toString();
    }

    /** To the nanosecond, and no longer than need be. */
    private static String millis(double millis) {
        BigDecimal rounded = BigDecimal.valueOf(millis).setScale(6, RoundingMode.HALF_EVEN);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    private static TinytuneException usage(String message) {
        return new TinytuneException(ExitCode.USAGE, message);
    }
}
