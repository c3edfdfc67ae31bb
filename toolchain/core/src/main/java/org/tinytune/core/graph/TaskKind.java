package org.tinytune.core.graph;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a data set asks for and a model does. Stored in a model's metadata; a model that says nothing classifies. */
public enum TaskKind {
    /** One of several classes. */
    CLASSIFICATION("classification"),
    /** Real numbers. */
    REGRESSION("regression"),
    /** Whether a sample is like those that were trained on, by an autoencoder. */
    ANOMALY_DETECTION("anomaly");

    private static final String KEY = "task";

    private final String id;

    TaskKind(String id) {
        this.id = id;
    }

    /** As files and options call it. */
    public String id() {
        return id;
    }

    /** All of them, for messages. */
    public static String ids() {
        return Arrays.stream(values()).map(TaskKind::id).collect(Collectors.joining(", "));
    }

    /** The kind with that id. */
    public static Optional<TaskKind> named(String id) {
        return Arrays.stream(values()).filter(kind -> kind.id.equals(id)).findFirst();
    }

    /**
     * The kind that a model's metadata state.
     *
     * @throws InvalidModelException if they state one that is unknown
     */
    public static TaskKind of(Metadata metadata) {
        String stated = metadata.extra().getOrDefault(KEY, CLASSIFICATION.id);
        return named(stated)
                .orElseThrow(() -> new InvalidModelException(
                        "the model's metadata state the unknown task '" + stated + "' (known are " + ids() + ")"));
    }

    /** Metadata that state this kind. */
    public Metadata storedIn(Metadata metadata) {
        return metadata.withExtra(KEY, id);
    }
}
