package org.tinytune.cli.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.tinytune.cli.model.Origin;
import org.tinytune.cli.model.TrainProvenance;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.data.Dataset;
import org.tinytune.nas.Digests;
import org.tinytune.tflite.ModelFiles;
import org.tinytune.train.Checkpoints;
import org.tinytune.train.TrainingListener;
import org.tinytune.train.model.DeclaredTeacher;
import org.tinytune.train.model.DeclaredTraining;
import org.tinytune.train.model.ModelFile;

/**
 * Where the teacher of a training comes from: a trained model, or a declared network that is trained in the same run,
 * on the same data with the same seed. What it teaches follows from {@link #sha256}, the data and the seed alone.
 */
final class TeacherSource {
    private final Path file;
    private final String sha256;
    private final Optional<String> declaration;
    private final Optional<DeclaredTraining> training;
    private final Optional<Graph> trained;

    private TeacherSource(Path file, ModelFile declared, Dataset dataset, long seed, int threads) {
        this.file = file;
        this.declaration = Optional.of(declared.settings());
        this.sha256 = Digests.sha256(declared.settings());
        this.training = Optional.of(new DeclaredTraining(declared, dataset, seed, threads).ofTeacher());
        this.trained = Optional.empty();
    }

    private TeacherSource(Path file) {
        this.file = file;
        this.declaration = Optional.empty();
        this.trained = Optional.of(ModelFiles.load(file));
        this.sha256 = digest(file);
        this.training = Optional.empty();
    }

    private static String digest(Path file) {
        try {
            return Digests.sha256(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The teacher that a model file asks for, if it does.
     *
     * @param student the model file's path, beside which the teacher's is looked for
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if it is missing, or not for these data
     */
    static Optional<TeacherSource> of(ModelFile file, Path student, Dataset dataset, long seed, int threads) {
        return file.teacher().map(declared -> {
            Path path = student.resolveSibling(declared.model());
            return declared.isDeclared()
                    ? new TeacherSource(path, ModelFile.read(path), dataset, seed, threads)
                    : new TeacherSource(path);
        });
    }

    /**
     * The teacher that a model was made with.
     *
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if its file is needed, and is another one by now
     */
    static TeacherSource of(TrainProvenance.Teacher recorded, Dataset dataset, long seed, int threads) {
        Path path = recorded.location();
        TeacherSource source = recorded.declaration()
                .map(declaration -> new TeacherSource(
                        path, ModelFile.ofSettings(path.toString(), declaration), dataset, seed, threads))
                .orElseGet(() -> new TeacherSource(path));
        if (!source.sha256.equals(recorded.sha256())) {
            throw new TinytuneException(
                    ExitCode.INVALID_INPUT,
                    path + " is not the teacher of this model any more: its SHA-256 is " + source.sha256 + ", not "
                            + recorded.sha256() + " (bring the file back)");
        }
        return source;
    }

    /** Its file. */
    Path file() {
        return file;
    }

    /** SHA-256 of the model, or of what its declaration says. */
    String sha256() {
        return sha256;
    }

    /** How it is trained; empty if it is trained already. */
    Optional<DeclaredTraining> training() {
        return training;
    }

    /** As a provenance keeps it. */
    TrainProvenance.Teacher provenance() {
        return new TrainProvenance.Teacher(file.toAbsolutePath().normalize().toString(), sha256, declaration);
    }

    /** Fails early if the teacher does not fit its student. */
    void check(DeclaredTraining student) {
        boolean sees = training.map(student::seesTheSameAs).orElse(student.seesSamples());
        if (!sees) {
            throw new TinytuneException(
                    ExitCode.INVALID_INPUT,
                    file
                            + ": a teacher sees what its student sees: declare it with the same [features] and validation");
        }
        student.checkTeacher(
                trained.or(() -> training.map(DeclaredTraining::graph)).orElseThrow());
    }

    /** What speaks against it: it may have been trained on samples that its student is to be tested with. */
    Optional<String> doubt(Dataset dataset, long seed) {
        String split = dataset.splitPlan().toString();
        return trained.flatMap(graph -> Origin.of(file))
                .filter(origin -> origin.data().fingerprint().equals(dataset.fingerprint()))
                .filter(origin ->
                        origin.seed() != seed || !origin.data().splitPlan().equals(dataset.splitPlan()))
                .map(origin -> origin.seed() != seed
                        ? file + " was trained with seed " + origin.seed() + ", so that it has seen some of the test"
                                + " samples of seed " + seed + " (take the same seed)"
                        : file + " was trained with the split " + origin.data().splitPlan() + ", so that it has seen"
                                + " some of the test samples of " + split + " (take the same split)");
    }

    /**
     * The network that teaches, trained first if need be.
     *
     * @throws CancellationException if {@code stop} said so
     * @see DeclaredTeacher
     */
    Graph network(TrainingListener listener, BooleanSupplier stop, Checkpoints checkpoints) {
        return training.map(t -> t.run(listener, stop, checkpoints).floatGraph())
                .orElseGet(trained::orElseThrow);
    }
}
