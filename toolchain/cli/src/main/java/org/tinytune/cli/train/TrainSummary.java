package org.tinytune.cli.train;

import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.tinytune.cli.model.ConfusionMatrix;
import org.tinytune.cli.model.Figure;
import org.tinytune.core.graph.AnomalyThreshold;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.plan.Plan;
import org.tinytune.data.Samples;
import org.tinytune.train.Epoch;
import org.tinytune.train.Epoch.Phase;
import org.tinytune.train.TrainingResult;
import org.tinytune.train.task.Task;

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
 * @param floatTestAccuracy of a classifier before quantization, in [0, 1]; absent for other tasks, as the next three
 * @param int8TestAccuracy of the model that is shipped, in [0, 1]
 * @param int8TestAccuracyInterval 95 % confidence interval of the latter
 * @param int8ValidationAccuracy of the weights that were kept; absent without a validation part, too
 * @param task what the data ask for
 * @param score what epochs are compared by
 * @param int8ValidationScore of the weights that were kept; absent without a validation part
 * @param floatTestMetrics all figures of the model before quantization
 * @param int8TestMetrics all figures of the model that is shipped
 * @param anomalyThreshold the reconstruction error above which it finds an anomaly; absent for other tasks
 * @param teacher that it learnt from; absent if there was none
 * @param notes what went otherwise than was asked for, such as a training that diverged
 */
record TrainSummary(
        int schemaVersion,
        long seed,
        DatasetSummary dataset,
        int floatEpochs,
        int prunedEpochs,
        int int8Epochs,
        Model model,
        Optional<Double> floatTestAccuracy,
        Optional<Double> int8TestAccuracy,
        Optional<List<Double>> int8TestAccuracyInterval,
        Optional<Double> int8ValidationAccuracy,
        String task,
        String score,
        Optional<Double> int8ValidationScore,
        List<Figure> floatTestMetrics,
        List<Figure> int8TestMetrics,
        Optional<Double> anomalyThreshold,
        Optional<Teacher> teacher,
        List<String> notes) {

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

    /** A teacher: its file, and its accuracy on the test part in float. */
    record Teacher(String file, String sha256, double floatTestAccuracy) {}

    static TrainSummary of(
            TrainRun run,
            TrainingResult result,
            Plan plan,
            TestScore floatTest,
            TestScore int8Test,
            Optional<Teacher> teacher,
            List<String> notes) {
        List<Epoch> history = result.history();
        Task task = Task.of(result.int8Graph());
        boolean classes = task.kind() == TaskKind.CLASSIFICATION;
        Optional<ConfusionMatrix> confusion = int8Test.confusion().filter(c -> classes);
        Optional<Double> validationScore = run.training().validation().map(part -> bestScore(history, task));
        return new TrainSummary(
                SCHEMA_VERSION,
                run.seed(),
                dataset(run, int8Test.predictions().size()),
                epochs(history, Phase.FLOAT),
                epochs(history, Phase.PRUNED),
                epochs(history, Phase.INT8),
                model(result.int8Graph(), plan),
                floatTest.confusion().filter(c -> classes).map(ConfusionMatrix::accuracy),
                confusion.map(ConfusionMatrix::accuracy),
                confusion
                        .map(ConfusionMatrix::accuracyInterval)
                        .map(interval -> List.of(interval.low(), interval.high())),
                validationScore.filter(score -> classes),
                task.kind().id(),
                task.scoreName(),
                validationScore,
                Figure.of(floatTest.metrics()),
                Figure.of(int8Test.metrics()),
                AnomalyThreshold.of(result.int8Graph().metadata()).map(AnomalyThreshold::error),
                teacher,
                List.copyOf(notes));
    }

    private static DatasetSummary dataset(TrainRun run, int testSamples) {
        return new DatasetSummary(
                run.dataset().card().name(),
                run.dataset().fingerprint(),
                run.dataset().size(),
                run.training().training().size(),
                run.training().validation().map(Samples::size).orElse(0),
                testSamples);
    }

    private static int epochs(List<Epoch> history, Phase phase) {
        return (int) history.stream()
                .filter(epoch -> epoch.phase() == phase && epoch.number() > 0)
                .count();
    }

    private static double bestScore(List<Epoch> history, Task task) {
        DoubleStream scores =
                history.stream().filter(epoch -> epoch.phase() == Phase.INT8).mapToDouble(Epoch::validationScore);
        return (task.isHigherBetter() ? scores.max() : scores.min()).orElseThrow();
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
