package org.tinytune.cli.train;

import java.util.List;
import java.util.Optional;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.plan.Plan;
import org.tinytune.data.Samples;
import org.tinytune.train.Epoch;
import org.tinytune.train.Epoch.Phase;
import org.tinytune.train.Evaluation;
import org.tinytune.train.TrainingResult;

/**
 * {@code summary.json}, and what {@code train --json} prints. The names are an interface: keys are added, never renamed
 * or removed.
 *
 * @param schemaVersion raised when a key changes its meaning
 * @param seed of everything
 * @param dataset the data set and its parts
 * @param floatEpochs that were trained
 * @param prunedEpochs that were trained after channels were removed, in all rounds
 * @param int8Epochs that were trained
 * @param model what came of it
 * @param floatTestAccuracy before quantization, in [0, 1]
 * @param int8TestAccuracy of the model that is shipped, in [0, 1]
 * @param int8TestAccuracyInterval 95 % confidence interval of the latter
 * @param int8ValidationAccuracy of the weights that were kept; absent without a validation part
 */
record TrainSummary(
        int schemaVersion,
        long seed,
        DatasetSummary dataset,
        int floatEpochs,
        int prunedEpochs,
        int int8Epochs,
        Model model,
        double floatTestAccuracy,
        double int8TestAccuracy,
        List<Double> int8TestAccuracyInterval,
        Optional<Double> int8ValidationAccuracy) {

    private static final int SCHEMA_VERSION = 1;

    /** The data set, and samples in its parts. */
    record DatasetSummary(
            String name,
            String fingerprint,
            int samples,
            int trainingSamples,
            int validationSamples,
            int testSamples) {}

    /**
     * The model as it is shipped.
     *
     * @param name as its file declares it
     * @param parameters weights and biases
     * @param macs of one inference
     * @param arenaBytes for its activations
     * @param weightBytes of all constants
     * @param file its name
     */
    record Model(String name, long parameters, long macs, long arenaBytes, long weightBytes, String file) {}

    static TrainSummary of(TrainRun run, TrainingResult result, Plan plan, Evaluation floatTest, Evaluation int8Test) {
        List<Epoch> history = result.history();
        return new TrainSummary(
                SCHEMA_VERSION,
                run.seed(),
                new DatasetSummary(
                        run.dataset().card().name(),
                        run.dataset().fingerprint(),
                        run.dataset().size(),
                        run.training().training().size(),
                        run.training().validation().map(Samples::size).orElse(0),
                        int8Test.samples()),
                epochs(history, Phase.FLOAT),
                epochs(history, Phase.PRUNED),
                epochs(history, Phase.INT8),
                model(result.int8Graph(), plan),
                floatTest.accuracy(),
                int8Test.accuracy(),
                List.of(int8Test.interval().low(), int8Test.interval().high()),
                run.training().validation().map(samples -> bestValidationAccuracy(history)));
    }

    private static int epochs(List<Epoch> history, Phase phase) {
        return (int) history.stream()
                .filter(epoch -> epoch.phase() == phase && epoch.number() > 0)
                .count();
    }

    private static double bestValidationAccuracy(List<Epoch> history) {
        return history.stream()
                .filter(epoch -> epoch.phase() == Phase.INT8)
                .mapToDouble(Epoch::validationScore)
                .max()
                .orElseThrow();
    }

    private static Model model(Graph graph, Plan plan) {
        List<Tensor> constants =
                graph.tensors().stream().filter(Tensor::isConstant).toList();
        return new Model(
                graph.metadata().name(),
                constants.stream().mapToLong(t -> t.shape().elements()).sum(),
                graph.macs(),
                plan.arenaBytes(),
                constants.stream().mapToLong(Tensor::bytes).sum(),
                TrainFiles.MODEL);
    }
}
