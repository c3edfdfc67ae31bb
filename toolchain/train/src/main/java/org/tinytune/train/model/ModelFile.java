package org.tinytune.train.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.tensor.Shape;
import org.tinytune.train.TrainingConfig;
import org.tinytune.train.settings.TomlTable;

/**
 * A file that declares a network and its training. What it says is checked when it is asked for, against the data that
 * the network is for: every mistake is one line with the file, the place and what to do.
 *
 * <p>Checked by: ModelFileTest.
 */
public final class ModelFile {
    private static final String USUAL_NAME = "model";

    private final TomlTable root;
    private final String name;
    private final TomlTable training;
    private final boolean validation;

    private ModelFile(TomlTable root) {
        this.root = root;
        TomlTable model = root.table("model");
        this.name = model.textOr("name", USUAL_NAME);
        if (!name.matches("[A-Za-z][A-Za-z0-9_]*")) {
            throw model.error("name = \"" + name + "\": give letters, digits and underscores, a letter first");
        }
        model.requireNothingElse();
        root.has("layer");
        if (!root.has("train")) {
            throw root.error("table [train] is missing: give it, with epochs, batch_size and learning_rate");
        }
        this.training = root.table("train");
        this.validation = training.flag("validation", true);
        root.requireNothingElse();
    }

    /**
     * Reads a file.
     *
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if it is no TOML, or has tables that it should not
     */
    public static ModelFile read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new TinytuneException(
                    ExitCode.INVALID_INPUT,
                    file + ": no such file (give a model as docs/train.md describes it, as in --model M.toml)");
        }
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a text.
     *
     * @param file its name, with which errors begin
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} as {@link #read} does
     */
    public static ModelFile parse(String file, String text) {
        return new ModelFile(TomlTable.parse(file, text));
    }

    /** Names the network, and what is generated from it: a C identifier. */
    public String name() {
        return name;
    }

    /** Whether a part of the samples is left out of training, to choose the best epoch by. */
    public boolean validation() {
        return validation;
    }

    /** All that the file says, without comments and white space. */
    public String settings() {
        return root.values();
    }

    /**
     * The float graph, its weights still 0, ending in probabilities of the classes.
     *
     * @param sample shape of a sample, {@code [H, W, C]} or {@code [N]}
     * @param metadata labels, one a class, and input encoding
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if a layer is wrong, or does not fit the layer
     *     before it or the data
     */
    public Graph network(Shape sample, Metadata metadata) {
        return new Layers(root, sample, metadata).build();
    }

    /**
     * How the network is trained.
     *
     * @param sample shape of a sample
     * @param background the raw value of what comes into view where an image is shifted
     * @param threads that share a step
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if a setting is wrong
     */
    public TrainingConfig training(Shape sample, float background, int threads) {
        return new TrainingTable(training, sample, background).read(threads);
    }
}
