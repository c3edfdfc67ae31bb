package org.tinytune.cli.train;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.tinytune.cli.model.TrainProvenance;
import org.tinytune.cli.output.Progress;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.data.Dataset;
import org.tinytune.data.reader.ReadOptions;
import org.tinytune.train.Checkpoints;
import org.tinytune.train.Compression;
import org.tinytune.train.TrainingConfig;
import org.tinytune.train.TrainingListener;
import org.tinytune.train.TrainingResult;
import org.tinytune.train.model.DeclaredTraining;
import org.tinytune.train.model.ModelFile;

/** Trains the model of a provenance again, and its teacher before it, and leaves no files behind. */
public final class TrainReproduction {
    private final TrainProvenance recorded;
    private final ModelFile file;
    private final int threads;
    private volatile boolean stopRequested;

    /**
     * @param name of the provenance's file, with which errors begin
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if what it says of the model declares none
     */
    public TrainReproduction(String name, TrainProvenance recorded, int threads) {
        this.recorded = recorded;
        this.file = ModelFile.ofSettings(name + ": declaration", recorded.declaration());
        this.threads = threads;
    }

    /** How the data were read. */
    public ReadOptions dataOptions() {
        return file.dataOptions();
    }

    /** Asks the work to end as soon as it can, with a {@link CancellationException}. */
    public void requestStop() {
        stopRequested = true;
    }

    /**
     * Trains again.
     *
     * @param dataset with the recorded fingerprint
     * @return the INT8 model
     */
    public Graph train(Dataset dataset, Progress progress) {
        DeclaredTraining training = new DeclaredTraining(file, dataset, recorded.seed(), threads);
        Optional<Graph> teacher = recorded.teacher()
                .map(kept -> TeacherSource.of(kept, dataset, recorded.seed(), threads))
                .map(source -> teacher(source, progress));
        if (teacher.isEmpty() && file.teacher().isPresent()) {
            throw new TinytuneException(
                    ExitCode.INVALID_INPUT, "the provenance lacks the teacher that its declaration asks for");
        }
        DeclaredTraining student = teacher.map(training::withTeacher).orElse(training);
        return run(student, "training '" + file.name() + "'", progress).int8Graph();
    }

    private Graph teacher(TeacherSource source, Progress progress) {
        return source.training()
                .map(training -> run(training, "training its teacher", progress).floatGraph())
                .orElseGet(() -> source.network(TrainingListener.NONE, () -> stopRequested, Checkpoints.NONE));
    }

    private TrainingResult run(DeclaredTraining training, String what, Progress progress) {
        progress.begin(what);
        AtomicInteger epochs = new AtomicInteger();
        int all = epochs(training.config());
        return training.run(
                ended -> progress.update(Math.min(epochs.incrementAndGet(), all), all),
                () -> stopRequested,
                Checkpoints.NONE);
    }

    private static int epochs(TrainingConfig config) {
        Compression compression = config.compression();
        int pruned = compression.pruning().fraction() > 0
                ? compression.pruning().rounds() * compression.pruning().epochs()
                : 0;
        return config.epochs() + pruned + config.qat().epochs();
    }
}
