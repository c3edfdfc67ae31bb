package org.tinytune.test.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tinytune.core.board.Board;
import org.tinytune.core.board.Boards;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Dataset;
import org.tinytune.data.InputEncodings;
import org.tinytune.data.reader.DataSets;
import org.tinytune.data.split.SearchData;
import org.tinytune.data.split.Split;
import org.tinytune.data.split.SplitOptions;
import org.tinytune.nas.Footprint;
import org.tinytune.nas.FootprintMeter;
import org.tinytune.nas.NetworkBuilder;
import org.tinytune.nas.NetworkSpec;
import org.tinytune.nas.NetworkSpec.Block;
import org.tinytune.nas.NetworkSpec.Convolution;
import org.tinytune.nas.NetworkSpec.Head;
import org.tinytune.nas.NetworkSpec.Reduction;
import org.tinytune.search.space.CategoricalDistribution;
import org.tinytune.search.space.Condition;
import org.tinytune.search.space.IntDistribution;
import org.tinytune.search.space.Parameters;
import org.tinytune.search.space.SearchSpace;
import org.tinytune.test.Repository;
import org.tinytune.train.Evaluator;
import org.tinytune.train.Trainer;
import org.tinytune.train.TrainingConfig;
import org.tinytune.train.TrainingResult;

/**
 * All networks of a small space, trained on the digits and measured for the Uno: samplers can be compared on it without
 * training anything, over as many seeds as one likes.
 */
final class ArchitectureTable {
    /** The space: every combination of it is a row. */
    static final SearchSpace SPACE = SearchSpace.builder()
            .add("blocks", IntDistribution.uniform(1, 2))
            .add("channels_1", IntDistribution.stepped(4, 16, 4))
            .add("kernel_1", IntDistribution.stepped(3, 5, 2))
            .add("reduction_1", CategoricalDistribution.of("stride", "max_pool"))
            .add("convolution_2", CategoricalDistribution.of("full", "separable"), Condition.atLeast("blocks", 2))
            .add("channels_2", IntDistribution.stepped(8, 32, 8), Condition.atLeast("blocks", 2))
            .add("head", CategoricalDistribution.of("global_mean", "flatten"))
            .add("dense_units", IntDistribution.stepped(0, 32, 32))
            .add("learning_rate_step", IntDistribution.uniform(0, 1))
            .build();

    private static final Path FILE = Repository.ROOT.resolve("test/src/test/resources/search/digits-arduino-uno.csv");
    private static final String FIGURES = "accuracy,ramBytes,flashBytes";
    private static final Board BOARD = Boards.byId("arduino-uno");
    /** Few training samples are quick to train on, many validation samples tell networks apart. */
    private static final SplitOptions SPLIT = new SplitOptions(1, 0.2, 0.4, Integer.MAX_VALUE);

    private static final int FLOAT_EPOCHS = 6;
    private static final int INT8_EPOCHS = 1;
    private static final int BATCH = 32;
    private static final double[] LEARNING_RATES = {0.001, 0.006};
    private static final long SEED = 1;

    private static final long MAX_RAM_BYTES = 1024;
    private static final long MAX_FLASH_BYTES = 10_240;

    private final Map<Parameters, Row> rows;

    /**
     * What became of a network.
     *
     * @param accuracy of the INT8 model on the validation part, in [0, 1]
     * @param ramBytes of its firmware, stack included
     * @param flashBytes of its firmware
     */
    record Row(double accuracy, long ramBytes, long flashBytes) {
        /** By how much it is over half of what the board has of RAM, and a third of its flash. */
        List<Double> over() {
            return List.of((double) ramBytes - MAX_RAM_BYTES, (double) flashBytes - MAX_FLASH_BYTES);
        }

        private String csv() {
            return String.format(Locale.ROOT, "%.6f,%d,%d", accuracy, ramBytes, flashBytes);
        }
    }

    private ArchitectureTable(Map<Parameters, Row> rows) {
        this.rows = rows;
    }

    Map<Parameters, Row> rows() {
        return rows;
    }

    /** The row of some parameters. */
    Row row(Parameters parameters) {
        return Optional.ofNullable(rows.get(parameters)).orElseThrow(() -> new AssertionError("no row " + parameters));
    }

    /** All combinations of the space. */
    static List<Parameters> combinations() {
        int slices = 64; // finer than any axis
        List<double[]> points = List.of(new double[SPACE.size()]);
        for (int axis = 0; axis < SPACE.size(); axis++) {
            List<double[]> longer = new ArrayList<>();
            for (double[] point : points) {
                Object last = null;
                for (int i = 0; i < slices; i++) {
                    double[] next = point.clone();
                    next[axis] = (i + 0.5) / slices;
                    Object value = SPACE.distribution(axis).decode(next[axis]);
                    if (!value.equals(last)) {
                        longer.add(next);
                        last = value;
                    }
                }
            }
            points = longer;
        }
        return points.stream().map(SPACE::decode).distinct().toList();
    }

    /** The table as it is in the repository. */
    static ArchitectureTable read() throws IOException {
        Map<String, Row> byName = new LinkedHashMap<>();
        for (String line : Files.readAllLines(FILE)) {
            if (!line.startsWith("#") && !line.startsWith("architecture,")) {
                String[] cells = line.split(",", -1);
                byName.put(
                        cells[0],
                        new Row(Double.parseDouble(cells[1]), Long.parseLong(cells[2]), Long.parseLong(cells[3])));
            }
        }
        Map<Parameters, Row> rows = new LinkedHashMap<>();
        for (Parameters parameters : combinations()) {
            rows.put(
                    parameters,
                    Optional.ofNullable(byName.get(name(parameters))).orElseThrow());
        }
        return new ArchitectureTable(rows);
    }

    /** Trains and measures all, which takes about ten minutes, and writes the file. */
    static void record() throws IOException {
        List<Parameters> all = combinations();
        Laboratory laboratory = new Laboratory();
        AtomicInteger done = new AtomicInteger();
        Map<Parameters, Row> rows = all.parallelStream().collect(Collectors.toMap(p -> p, p -> {
            Row row = laboratory.row(p);
            if (done.incrementAndGet() % 50 == 0) {
                System.err.println(done.get() + " of " + all.size());
            }
            return row;
        }));
        List<String> lines = new ArrayList<>();
        lines.add("# All networks of ArchitectureTable.SPACE, trained on examples/digits, linked for arduino-uno.");
        lines.add("# Written by ArchitectureTableTest with -Dtinytune.update=true.");
        lines.add("architecture," + FIGURES);
        all.forEach(p -> lines.add(name(p) + "," + rows.get(p).csv()));
        Files.createDirectories(FILE.getParent());
        Files.write(FILE, lines);
    }

    private static String name(Parameters parameters) {
        return parameters.values().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }

    /** Trains and measures. */
    static final class Laboratory {
        private final Dataset dataset = DataSets.load(Repository.ROOT.resolve("examples/digits"));
        private final SearchData data = Split.of(dataset, SPLIT).search();
        private final Metadata metadata = metadata();
        private final FootprintMeter meter = new FootprintMeter(BOARD);

        private Metadata metadata() {
            InputEncoding encoding = InputEncodings.scaled(data.training(), 0, 1);
            return new Metadata("model", "", dataset.labels(), encoding, new TreeMap<>());
        }

        /** What becomes of a network. */
        Row row(Parameters parameters) {
            int[] sample = dataset.shape().dims();
            Shape input = Shape.of(1, sample[0], sample[1], sample[2]);
            Graph graph = NetworkBuilder.build(spec(parameters), input, metadata);
            TrainingConfig config = TrainingConfig.standard(
                    FLOAT_EPOCHS, INT8_EPOCHS, BATCH, LEARNING_RATES[parameters.getInt("learning_rate_step")], 1);
            TrainingResult model = Trainer.fit(
                    graph, data.training(), Optional.of(data.validation()), config, SEED, epoch -> {}, () -> false);
            Footprint footprint = meter.measure(model.int8Graph());
            double accuracy =
                    Evaluator.evaluate(model.int8Graph(), data.validation(), 1).accuracy();
            return new Row(accuracy, footprint.ramBytes(), footprint.flashBytes());
        }

        private static NetworkSpec spec(Parameters p) {
            List<Block> blocks = new ArrayList<>();
            blocks.add(new Block(
                    Convolution.FULL,
                    p.getInt("channels_1"),
                    p.getInt("kernel_1"),
                    value(Reduction.class, p, "reduction_1")));
            if (p.getInt("blocks") == 2) {
                blocks.add(new Block(
                        value(Convolution.class, p, "convolution_2"), p.getInt("channels_2"), 3, Reduction.NONE));
            }
            int units = p.getInt("dense_units");
            return new NetworkSpec(blocks, value(Head.class, p, "head"), units == 0 ? List.of() : List.of(units), 0);
        }

        private static <E extends Enum<E>> E value(Class<E> type, Parameters parameters, String name) {
            return Enum.valueOf(type, parameters.getString(name).toUpperCase(Locale.ROOT));
        }
    }

    /** Evenly spread rows. */
    List<Parameters> some(int count) {
        List<Parameters> all = List.copyOf(rows.keySet());
        return IntStream.range(0, count)
                .mapToObj(i -> all.get((2 * i + 1) * all.size() / (2 * count)))
                .toList();
    }

    @Override
    public String toString() {
        return rows.size() + " networks, accuracy "
                + Arrays.toString(new double[] {
                    rows.values().stream().mapToDouble(Row::accuracy).min().orElse(0),
                    rows.values().stream().mapToDouble(Row::accuracy).max().orElse(0)
                });
    }
}
