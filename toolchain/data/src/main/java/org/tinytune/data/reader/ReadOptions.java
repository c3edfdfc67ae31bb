package org.tinytune.data.reader;

import java.util.Optional;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.data.recording.RecordingOptions;

/**
 * What a user says of a data set when it is read; it goes before what {@code dataset.toml} says.
 *
 * @param labelColumn name of a CSV file's label column, or its number, counted from 1; the target of a regression
 * @param task what is asked for
 * @param normalLabel the label of normal samples, where anomalies are to be found
 * @param recordings what is said of recordings
 */
public record ReadOptions(
        Optional<String> labelColumn,
        Optional<TaskKind> task,
        Optional<String> normalLabel,
        RecordingOptions recordings) {

    /** Says nothing of recordings. */
    public ReadOptions(Optional<String> labelColumn, Optional<TaskKind> task, Optional<String> normalLabel) {
        this(labelColumn, task, normalLabel, RecordingOptions.NONE);
    }

    /** The same with what is said of recordings, which goes before what was said of them. */
    public ReadOptions with(RecordingOptions more) {
        return new ReadOptions(labelColumn, task, normalLabel, recordings.with(more));
    }

    /** Says nothing. */
    public static final ReadOptions NONE = new ReadOptions(Optional.empty(), Optional.empty(), Optional.empty());

    /** Names the label column only. */
    public static ReadOptions labelColumn(Optional<String> column) {
        return new ReadOptions(column, Optional.empty(), Optional.empty());
    }

    /** Names the task only. */
    public static ReadOptions task(TaskKind task) {
        return new ReadOptions(Optional.empty(), Optional.of(task), Optional.empty());
    }
}
