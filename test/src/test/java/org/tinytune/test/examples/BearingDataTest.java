package org.tinytune.test.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Dataset;
import org.tinytune.data.reader.DataSets;
import org.tinytune.data.split.Split;
import org.tinytune.data.split.SplitOptions;
import org.tinytune.test.Processes.Outcome;

/** {@code examples/anomaly/BearingData.java} makes the physics that it says it does. */
@Tag("slow")
class BearingDataTest {
    private static final int RATE_HZ = 6667;
    private static final int AXES = 3;
    private static final int WAV_HEADER_BYTES = 44;

    /** Lines that modulation puts beside the fault's own are at least 8 % away. */
    private static final double NEIGHBOURHOOD = 0.07;

    @TempDir
    private static Path folder;

    private static Path data;
    private static Path classes;

    @BeforeAll
    static void makeData() throws Exception {
        data = folder.resolve("data");
        Outcome outcome = BearingProgram.runSource(data.toString());
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        classes = folder.resolve("classes");
        BearingProgram.compile(classes);
    }

    /** A row of {@code recordings.csv}. */
    private record Row(String path, String label, String bearing, String severity, double shaft, double[] frequencies) {
        static final int OUTER = 0;
        static final int INNER = 1;
        static final int SPIN = 2;
        static final int CAGE = 3;

        static Row of(String line) {
            String[] cells = line.split(",", -1);
            double[] numbers = Arrays.stream(cells, 6, cells.length)
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            return new Row(
                    cells[0], cells[1], cells[4], cells[5], numbers[0], Arrays.copyOfRange(numbers, 1, numbers.length));
        }

        /** Impacts a second: a damaged ball strikes twice a turn. */
        double impactHz() {
            return switch (label) {
                case "outer-race" -> frequencies[OUTER];
                case "inner-race" -> frequencies[INNER];
                case "ball" -> 2 * frequencies[SPIN];
                default -> throw new IllegalStateException(label);
            };
        }
    }

    private static List<Row> rows() throws IOException {
        return Files.readAllLines(data.resolve("recordings.csv")).stream()
                .skip(1)
                .map(Row::of)
                .toList();
    }

    /** The multiples of the shaft's speed that Case Western Reserve University publishes for its two bearings. */
    @ParameterizedTest
    @CsvSource({"6205, 3.5848, 5.4152, 4.7135, 0.39828", "6203, 3.0530, 4.9469, 3.9874, 0.3817"})
    void faultFrequenciesAreThePublishedOnes(String bearing, double outer, double inner, double twiceSpin, double cage)
            throws IOException {
        Row row = rows().stream()
                .filter(r -> r.bearing().equals(bearing))
                .findFirst()
                .orElseThrow();
        double[] multiples =
                Arrays.stream(row.frequencies()).map(hz -> hz / row.shaft()).toArray();
        assertThat(multiples[Row.OUTER]).isCloseTo(outer, within(0.001));
        assertThat(multiples[Row.INNER]).isCloseTo(inner, within(0.001));
        assertThat(2 * multiples[Row.SPIN]).isCloseTo(twiceSpin, within(0.001));
        assertThat(multiples[Row.CAGE]).isCloseTo(cage, within(0.001));
    }

    /** In every recording of a fault that is not incipient, on every machine and at every speed. */
    @Test
    void theEnvelopeHasItsLineWhereTheFaultIs() throws IOException {
        List<Row> faults = rows().stream()
                .filter(row ->
                        row.severity().equals("developed") || row.severity().equals("severe"))
                .toList();
        assertThat(faults).hasSize(4 * 4 * 3 * 2);
        for (Row row : faults) {
            Line line = line(row.path(), row.impactHz());
            assertThat(line.hz()).as(row.path()).isCloseTo(row.impactHz(), within(0.01 * row.impactHz()));
            assertThat(line.overMedian()).as(row.path()).isGreaterThan(7);
        }
    }

    @Test
    void theEnvelopeOfAHealthyBearingHasNoSuchLine() throws IOException {
        List<Row> healthy =
                rows().stream().filter(row -> row.label().equals("normal")).toList();
        double[] heights = healthy.stream()
                .mapToDouble(
                        row -> line(row.path(), row.frequencies()[Row.OUTER]).overMedian())
                .toArray();
        assertThat(heights).hasSizeGreaterThan(300);
        assertThat(Arrays.stream(heights).average().orElseThrow()).isLessThan(3);
        assertThat(Arrays.stream(heights).max().orElseThrow()).isLessThan(7);
    }

    /** The strongest line of an envelope's spectrum in a neighbourhood. */
    private record Line(double hz, double overMedian) {}

    /**
     * Squares the second difference, which leaves of a recording what rings, and looks about a frequency at every
     * quarter of a hertz.
     */
    private static Line line(String path, double aboutHz) {
        double[] x = radial(path);
        double[] envelope = IntStream.range(1, x.length - 1)
                .mapToDouble(i -> Math.pow(x[i + 1] - 2 * x[i] + x[i - 1], 2))
                .toArray();
        double mean = Arrays.stream(envelope).average().orElseThrow();
        for (int i = 0; i < envelope.length; i++) {
            envelope[i] = (envelope[i] - mean) * (1 - Math.cos(2 * Math.PI * i / envelope.length));
        }
        double from = aboutHz * (1 - NEIGHBOURHOOD);
        int count = (int) (2 * NEIGHBOURHOOD * aboutHz / 0.25);
        double[] magnitudes = IntStream.rangeClosed(0, count)
                .mapToDouble(k -> magnitude(envelope, from + 0.25 * k))
                .toArray();
        int peak = IntStream.range(0, magnitudes.length)
                .reduce((a, b) -> magnitudes[b] > magnitudes[a] ? b : a)
                .orElseThrow();
        double[] sorted = Arrays.stream(magnitudes).sorted().toArray();
        return new Line(from + 0.25 * peak, magnitudes[peak] / sorted[sorted.length / 2]);
    }

    /** By Goertzel's recurrence. */
    private static double magnitude(double[] x, double hz) {
        double omega = 2 * Math.PI * hz / RATE_HZ;
        double factor = 2 * Math.cos(omega);
        double last = 0;
        double beforeLast = 0;
        for (double value : x) {
            double next = value + factor * last - beforeLast;
            beforeLast = last;
            last = next;
        }
        return Math.sqrt(last * last + beforeLast * beforeLast - factor * last * beforeLast);
    }

    /** The first axis of a recording, in counts. */
    private static double[] radial(String path) {
        try {
            ByteBuffer wav =
                    ByteBuffer.wrap(Files.readAllBytes(data.resolve(path))).order(ByteOrder.LITTLE_ENDIAN);
            int samples = (wav.capacity() - WAV_HEADER_BYTES) / (AXES * Short.BYTES);
            return IntStream.range(0, samples)
                    .mapToDouble(i -> wav.getShort(WAV_HEADER_BYTES + i * AXES * Short.BYTES))
                    .toArray();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Machines that are tested were never seen, and only healthy ones were. */
    @Test
    void isReadAsAnAnomalyDetectionWithPartsOfItsOwn() {
        Dataset dataset = DataSets.load(data);
        Split split = Split.of(dataset, SplitOptions.seeded(1));

        assertThat(dataset.task()).isEqualTo(TaskKind.ANOMALY_DETECTION);
        assertThat(dataset.shape()).isEqualTo(Shape.of(3333, 1, AXES));
        assertThat(dataset.signal().orElseThrow().rateHz()).isEqualTo(RATE_HZ);
        assertThat(dataset.labels()).containsExactly("ball", "inner-race", "normal", "outer-race");
        assertThat(dataset.groups()).hasSize(14);
        assertThat(dataset.size()).isEqualTo(4 * 480);
        assertThat(split.test().size()).as("four machines").isEqualTo(4 * 240);
    }

    @Test
    void theSameSeedGivesTheSameBytes() throws Exception {
        SortedMap<String, String> first = made("first", 7);
        SortedMap<String, String> again = made("again", 7);
        SortedMap<String, String> other = made("other", 8);

        assertThat(again).isEqualTo(first).hasSize(480 + 2);
        assertThat(other.keySet()).isEqualTo(first.keySet());
        assertThat(other.values()).doesNotContainAnyElementsOf(first.values());
    }

    private static SortedMap<String, String> made(String name, int seed) throws Exception {
        Path out = folder.resolve(name);
        Outcome outcome =
                BearingProgram.run(classes, out.toString(), "--seed", Integer.toString(seed), "--seconds", "0.5");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return BearingProgram.digests(out);
    }

    @ParameterizedTest
    @CsvSource({
        "--seconds 2, no folder to write is named",
        "DATA, is there already: remove it",
        "DATA --loud, '--loud' is not understood",
        "NEW --seed x, a value is no number",
        "NEW --seconds 90, --seconds is 90.0",
    })
    void whatIsWrongIsOneLine(String arguments, String message) throws Exception {
        Path fresh = folder.resolve("new");
        String[] all = Arrays.stream(arguments.split(" "))
                .map(a -> a.replace("DATA", data.toString()).replace("NEW", fresh.toString()))
                .toArray(String[]::new);

        Outcome outcome = BearingProgram.run(classes, all);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).startsWith("BearingData: ").contains(message).containsOnlyOnce("\n");
        assertThat(fresh).doesNotExist();
    }
}
