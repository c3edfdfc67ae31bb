package org.tinytune.nas;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Samples;
import org.tinytune.data.augmentation.Augmentation;
import org.tinytune.data.augmentation.RandomAffine;
import org.tinytune.train.Adam;
import org.tinytune.train.Calibration;
import org.tinytune.train.Evaluation;
import org.tinytune.train.Evaluator;
import org.tinytune.train.Initialization;
import org.tinytune.train.Schedule;
import org.tinytune.train.Trainer;
import org.tinytune.train.Trainer.EpochFigures;
import org.tinytune.train.TrainingConfig;
import org.tinytune.train.quantize.Folding;
import org.tinytune.train.quantize.QatGraph;

/** Adam on cross-entropy in float, batch norm folded, then the same at a lower rate in INT8. */
public final class QatCandidateTrainer implements CandidateTrainer {
    private static final double WEIGHT_DECAY = 1e-3;
    private static final double LABEL_SMOOTHING = 0.05;
    private static final double WARM_UP = 0.1;
    /** Rounding is a small change: quantization-aware training starts where float training has nearly come to rest. */
    private static final double INT8_RATE = 0.1;
    /** At full strength, of the image's smaller side. */
    private static final double MAX_SHIFT = 0.1;

    private static final double MAX_ROTATION_DEGREES = 12;
    private static final double MAX_SCALE = 0.12;
    private static final double MAX_SHEAR = 0.12;

    @Override
    public TrainedModel train(
            Graph network,
            Samples training,
            Optional<Samples> validation,
            Job job,
            Consumer<TrainedModel.Epoch> progress,
            BooleanSupplier stop) {
        List<TrainedModel.Epoch> history = new ArrayList<>();
        Trainer.Result floatResult = Trainer.fit(
                Initialization.he(network, job.seed()),
                training,
                validation,
                config(job, job.budget().floatEpochs(), job.learningRate(), training.shape()),
                figures -> add(history, "float", figures, progress),
                stop);
        Graph folded = Folding.fold(floatResult.graph());
        Trainer.Result int8Result = Trainer.fit(
                QatGraph.quantizeActivations(folded, Calibration.run(folded, training)),
                training,
                validation,
                config(job, job.budget().int8Epochs(), job.learningRate() * INT8_RATE, training.shape()),
                figures -> add(history, "int8", figures, progress),
                stop);
        return new TrainedModel(folded, QatGraph.export(int8Result.graph()), history);
    }

    private static void add(
            List<TrainedModel.Epoch> history,
            String phase,
            EpochFigures figures,
            Consumer<TrainedModel.Epoch> progress) {
        TrainedModel.Epoch epoch = new TrainedModel.Epoch(
                phase, figures.trainingLoss(), figures.trainingAccuracy(), figures.validationAccuracy());
        history.add(epoch);
        progress.accept(epoch);
    }

    private static TrainingConfig config(Job job, int epochs, double learningRate, Shape sample) {
        return new TrainingConfig(
                epochs,
                job.batchSize(),
                learningRate,
                Schedule.cosine(WARM_UP),
                Adam.withWeightDecay(WEIGHT_DECAY),
                LABEL_SMOOTHING,
                augmentation(job.augmentation(), sample),
                Math.max(5, epochs / 3),
                job.seed(),
                job.threads());
    }

    private static Augmentation augmentation(double strength, Shape sample) {
        if (strength == 0 || sample.rank() != 3) {
            return Augmentation.NONE;
        }
        double side = Math.min(sample.dim(0), sample.dim(1));
        return new RandomAffine(
                strength * MAX_SHIFT * side,
                strength * MAX_ROTATION_DEGREES,
                strength * MAX_SCALE,
                strength * MAX_SHEAR,
                0);
    }

    @Override
    public Graph skeleton(Graph network) {
        Graph folded = Folding.fold(Initialization.he(network, 0));
        return QatGraph.export(QatGraph.quantizeActivations(folded, Calibration.nominal(folded)));
    }

    @Override
    public Evaluation evaluate(Graph graph, Samples samples, int threads) {
        return Evaluator.evaluate(graph, samples, threads);
    }
}
