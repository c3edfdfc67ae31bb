package org.tinytune.test.digits;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tinytune.cli.model.SampleEncoder;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Metadata;
import org.tinytune.data.InputEncodings;
import org.tinytune.data.Samples;
import org.tinytune.data.reader.DataSets;
import org.tinytune.data.split.SearchData;
import org.tinytune.data.split.Split;
import org.tinytune.data.split.SplitOptions;
import org.tinytune.test.Repository;
import org.tinytune.train.Trainer;
import org.tinytune.train.TrainingConfig;
import org.tinytune.train.TrainingListener;
import org.tinytune.train.TrainingResult;
import org.tinytune.train.quantize.Calibration;
import org.tinytune.train.quantize.QatGraph;

/**
 * A network as the trainer leaves it.
 *
 * @param result of a short training
 * @param training samples that it was trained on
 * @param test samples that it was not
 */
record TrainedDigits(TrainingResult result, Samples training, Samples test) {
    private static final long SEED = 1;
    private static final int THREADS = 2;
    private static final Map<DigitNetwork, TrainedDigits> TRAINED = new EnumMap<>(DigitNetwork.class);

    /** Trains a network, once. */
    static synchronized TrainedDigits of(DigitNetwork network) {
        return TRAINED.computeIfAbsent(network, TrainedDigits::train);
    }

    private static TrainedDigits train(DigitNetwork network) {
        Split split = Split.of(DataSets.load(Repository.ROOT.resolve("examples/digits")), SplitOptions.seeded(SEED));
        SearchData data = split.search();
        Metadata metadata = new Metadata(
                "digits",
                "",
                data.training().labels(),
                InputEncodings.standardized(data.training()),
                new TreeMap<>(Map.of()));
        TrainingResult result = Trainer.fit(
                network.build(metadata),
                data.training(),
                Optional.of(data.validation()),
                TrainingConfig.standard(6, 1, 16, 0.01, THREADS),
                SEED,
                TrainingListener.NONE,
                () -> false);
        return new TrainedDigits(result, data.training(), split.test().open());
    }

    /** The network as its training in integers began: activations in int8, weights real. */
    Graph calibrated() {
        Graph folded = result.floatGraph();
        return QatGraph.quantizeActivations(folded, Calibration.ranges(folded, training, SEED, THREADS));
    }

    /** The input bytes of all test samples, as a device is sent them. */
    List<byte[]> testInputs() {
        return SampleEncoder.of(result.int8Graph()).encode(test);
    }
}
