package org.tinytune.train.model;

import java.util.List;
import java.util.Locale;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.op.FrontEnd;
import org.tinytune.core.op.Probabilities;
import org.tinytune.data.Samples;
import org.tinytune.train.data.SampleFeed;
import org.tinytune.train.distill.DistillationSettings;
import org.tinytune.train.loss.Loss;
import org.tinytune.train.settings.TomlTable;

/**
 * The table {@code [train.teacher]}: a network that another one learns from. It is either a model that is there, or
 * declared in a file of its own and trained before its student, in float.
 *
 * <p>Checked by: ModelFileTest, DeclaredTrainingTest.
 */
public final class DeclaredTeacher {
    private final TomlTable table;
    private final String model;
    private final DistillationSettings settings;

    private DeclaredTeacher(TomlTable table, String model, DistillationSettings settings) {
        this.table = table;
        this.model = model;
        this.settings = settings;
    }

    static DeclaredTeacher of(TomlTable table) {
        String model = table.text("model", "teacher.toml");
        String lower = model.toLowerCase(Locale.ROOT);
        if (!lower.endsWith(".toml") && !lower.endsWith(".tflite")) {
            throw table.error("model = \"" + model + "\": give a file that declares a network, .toml, or a trained one,"
                    + " .tflite");
        }
        DistillationSettings usual = DistillationSettings.standard();
        double weight = table.numberOr("weight", usual.alpha());
        double temperature = table.numberOr("temperature", usual.temperature());
        table.requireNothingElse();
        return new DeclaredTeacher(table, model, table.checked(() -> new DistillationSettings(weight, temperature)));
    }

    /** Its file, relative to that of the student. */
    public String model() {
        return model;
    }

    /** Whether its file declares a network that is still to be trained. */
    public boolean isDeclared() {
        return model.toLowerCase(Locale.ROOT).endsWith(".toml");
    }

    /** How much it counts. */
    DistillationSettings settings() {
        return settings;
    }

    /**
     * Checks that it can teach.
     *
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if there are no classes whose probabilities it
     *     could tell, or the loss does not look at them
     */
    void check(TaskKind task, Loss loss) {
        if (task != TaskKind.CLASSIFICATION) {
            throw table.error("a teacher tells the probabilities of classes, but the data ask for " + task.id()
                    + ": leave it out");
        }
        if (!loss.onLogits() || loss.independentOutputs()) {
            throw table.error("a teacher is of no use to this loss: give cross-entropy, or leave it out");
        }
    }

    /**
     * Checks that a network can teach what samples are.
     *
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if it takes others, tells no classes or others
     */
    void checkFit(Graph teacher, Samples samples) {
        Metadata metadata = teacher.metadata();
        if (TaskKind.of(metadata) != TaskKind.CLASSIFICATION) {
            throw table.error(model + " is for " + TaskKind.of(metadata).id() + ": give a teacher that tells classes");
        }
        if (teacher.inputs().size() != 1 || teacher.outputs().size() != 1) {
            throw table.error(model + " has " + teacher.inputs().size() + " inputs and "
                    + teacher.outputs().size() + " outputs: give a teacher with one of each");
        }
        if (FrontEnd.of(teacher).isPresent()) {
            throw table.error(
                    model + " makes features of its own: declare a teacher with the [features] of its student");
        }
        int inputs = teacher.input().shape().elements() * SampleFeed.steps(samples, teacher);
        if (inputs != samples.shape().elements()) {
            throw table.error(model + " takes samples of " + teacher.input().shape() + ", the data have "
                    + samples.shape() + ": give a teacher of the same data");
        }
        if (isIndependent(teacher)) {
            throw table.error(
                    model + " ends in sigmoids, each a yes or no of its own: give a teacher that ends in softmax");
        }
        List<String> labels = samples.labels();
        int classes = teacher.output().shape().elements();
        if (classes != labels.size() || !List.of(List.of(), labels).contains(metadata.labels())) {
            throw table.error(model + " tells " + classes + " classes"
                    + (metadata.labels().isEmpty() ? "" : " (" + String.join(", ", metadata.labels()) + ")")
                    + ", the data have " + String.join(", ", labels) + ": give a teacher of the same, in this order");
        }
    }

    private static boolean isIndependent(Graph teacher) {
        return teacher.nodes().stream()
                .filter(node -> node.outputs().contains(teacher.outputs().get(0)))
                .anyMatch(node -> node.operator() instanceof Probabilities<?> made && made.areIndependent());
    }

    /** An error of the table. */
    TinytuneException error(String message) {
        return table.error(message);
    }
}
