package org.tinytune.cli.data;

import static org.tinytune.cli.output.Table.left;
import static org.tinytune.cli.output.Table.right;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tinytune.cli.output.Quantities;
import org.tinytune.cli.output.Table;
import org.tinytune.core.DecimalText;
import org.tinytune.data.Dataset;
import org.tinytune.data.SignalFormat;
import org.tinytune.data.reader.DataInspection;
import org.tinytune.data.recording.PlainNumber;

/**
 * What a data set holds. The keys are an interface: they are added, never renamed.
 *
 * @param name of the data set
 * @param format what its files are, in a few words
 * @param files that it was read from
 * @param task what is asked for
 * @param samples what a model is given one by one; windows, if the files are recordings
 * @param shape of a sample
 * @param labels with how much there is of each, in the order of classes; none for a regression
 * @param quantities of a regression
 * @param groups how many there are; 0 if none is known
 * @param ownTestSamples samples of the test part that the data come with
 * @param recordings if the files are recordings
 * @param signal what the integers of a window mean
 * @param storedBytes that the raw values take
 * @param fingerprint by which the data set is known again
 * @param notes what a user should know of how it was understood
 */
record DataReport(
        String name,
        String format,
        int files,
        String task,
        int samples,
        List<Integer> shape,
        List<Label> labels,
        List<String> quantities,
        int groups,
        int ownTestSamples,
        Optional<Recordings> recordings,
        Optional<SignalFormat> signal,
        long storedBytes,
        String fingerprint,
        List<String> notes) {

    /**
     * A label.
     *
     * @param recordings of it, where samples are windows
     */
    record Label(String label, int samples, Optional<Integer> recordings) {}

    /** A rate, and how many recordings have it. */
    record Rate(double hz, int recordings) {}

    /** The recordings from which windows were cut. */
    record Recordings(
            int count,
            List<Rate> rates,
            DataInspection.Durations durations,
            double windowSeconds,
            double strideSeconds) {}

    static DataReport of(DataInspection inspection) {
        Dataset data = inspection.dataset();
        return new DataReport(
                data.card().name(),
                inspection.format(),
                inspection.files(),
                data.task().id(),
                data.size(),
                Arrays.stream(data.shape().dims()).boxed().toList(),
                labels(data, inspection.recordings().map(DataInspection.Recordings::labels)),
                data.quantities(),
                data.groups().size(),
                data.predefinedTest().length,
                inspection.recordings().map(DataReport::recordings),
                data.signal(),
                data.storedBytes(),
                data.fingerprint(),
                inspection.notes());
    }

    private static List<Label> labels(Dataset data, Optional<Map<String, Integer>> recordings) {
        int[] counts = new int[data.labels().size()];
        if (counts.length > 0) {
            IntStream.range(0, data.size()).forEach(i -> counts[data.target(i)]++);
        }
        List<Label> labels = new ArrayList<>();
        for (int c = 0; c < counts.length; c++) {
            String label = data.labels().get(c);
            labels.add(new Label(label, counts[c], recordings.map(r -> r.getOrDefault(label, 0))));
        }
        return labels;
    }

    private static Recordings recordings(DataInspection.Recordings found) {
        List<Rate> rates = found.ratesHz().entrySet().stream()
                .map(e -> new Rate(e.getKey(), e.getValue()))
                .toList();
        return new Recordings(found.count(), rates, found.durations(), found.windowSeconds(), found.strideSeconds());
    }

    String text() {
        Table facts = new Table(left(name), left(format + ", " + counted(files, "file"))).row("task", task);
        recordings.ifPresent(r ->
                facts.row("recordings", recordings(r)).row("rates", rates(r)).row("windows", windows(r)));
        signal.ifPresent(
                s -> facts.row("channels", String.join(", ", s.channels())).row("a count", count(s)));
        if (recordings.isEmpty()) {
            facts.row("samples", Quantities.count(samples));
        }
        facts.row("shape", shape.stream().map(String::valueOf).collect(Collectors.joining(" x ")));
        if (!quantities.isEmpty()) {
            facts.row("quantities", String.join(", ", quantities));
        }
        facts.row("groups", groups == 0 ? "none known" : Quantities.count(groups))
                .row(
                        "test part",
                        ownTestSamples == 0
                                ? "none of its own"
                                : Quantities.count(ownTestSamples) + " of " + Quantities.count(samples) + " "
                                        + (recordings.isPresent() ? "windows" : "samples"))
                .row("in memory", Quantities.bytes(storedBytes))
                .row("fingerprint", fingerprint);
        StringBuilder text = new StringBuilder(facts.text());
        if (!labels.isEmpty()) {
            text.append('\n').append(labelTable().text());
        }
        if (!notes.isEmpty()) {
            text.append('\n');
        }
        notes.forEach(note -> text.append("note: ").append(note).append('\n'));
        return text.toString();
    }

    private Table labelTable() {
        if (recordings.isEmpty()) {
            Table table = new Table(left("label"), right("samples"));
            labels.forEach(l -> table.row(l.label(), Quantities.count(l.samples())));
            return table;
        }
        Table table = new Table(left("label"), right("recordings"), right("windows"));
        labels.forEach(
                l -> table.row(l.label(), Quantities.count(l.recordings().orElse(0)), Quantities.count(l.samples())));
        return table;
    }

    private static String recordings(Recordings r) {
        return Quantities.count(r.count()) + ", "
                + PlainNumber.seconds(r.durations().totalSeconds()) + " in all ("
                + PlainNumber.seconds(r.durations().shortestSeconds()) + " to "
                + PlainNumber.seconds(r.durations().longestSeconds())
                + ", median " + PlainNumber.seconds(r.durations().medianSeconds()) + ")";
    }

    private static String rates(Recordings r) {
        return r.rates().stream()
                .map(rate -> PlainNumber.of(rate.hz()) + " Hz"
                        + (r.rates().size() > 1 ? " (" + counted(rate.recordings(), "recording") + ")" : ""))
                .collect(Collectors.joining(", "));
    }

    private String windows(Recordings r) {
        return Quantities.count(samples) + " of " + PlainNumber.seconds(r.windowSeconds()) + ", one every "
                + PlainNumber.seconds(r.strideSeconds())
                + signal.map(s -> " at " + PlainNumber.of(s.rateHz()) + " Hz").orElse("");
    }

    private static String count(SignalFormat signal) {
        String unit = signal.unit().isEmpty() ? "" : " " + signal.unit();
        String scale = new BigDecimal(DecimalText.of(signal.scale()))
                .stripTrailingZeros()
                .toPlainString();
        return signal.scale() * 32768 == 1 ? "1/32768 of full scale" : scale + unit;
    }

    private static String counted(int count, String what) {
        return Quantities.count(count) + " " + what + (count == 1 ? "" : "s");
    }
}
