package org.tinytune.data.reader;

import java.util.Optional;
import java.util.Set;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.data.SplitPlan;
import org.tinytune.data.recording.RecordingOptions;

/**
 * What a user says of a data set when it is read; it goes before what {@code dataset.toml} says.
 *
 * @param task what is asked for
 * @param normalLabel the label of normal samples, where anomalies are to be found
 * @param split in which way the data set is to be divided
 * @param recordings what is said of recordings and of columns
 * @param model whose channels are taken of recordings
 */
public record ReadOptions(
        Optional<TaskKind> task,
        Optional<String> normalLabel,
        Optional<SplitPlan> split,
        RecordingOptions recordings,
        ModelChannels model) {
    /** Says nothing. */
    public static final ReadOptions NONE = new ReadOptions(Optional.empty(), Optional.empty());

    /** Says nothing of how the data set is to be divided, nor of recordings or a model. */
    public ReadOptions(Optional<TaskKind> task, Optional<String> normalLabel) {
        this(task, normalLabel, Optional.empty(), RecordingOptions.NONE, ModelChannels.ANY);
    }

    /** Names the task only. */
    public static ReadOptions task(TaskKind task) {
        return new ReadOptions(Optional.of(task), Optional.empty());
    }

    /** The same with a way to divide the data set, if one is given. */
    public ReadOptions withSplit(Optional<SplitPlan> plan) {
        return new ReadOptions(task, normalLabel, plan.or(this::split), recordings, model);
    }

    /** The same with what is said of recordings, which goes before what was said of them. */
    public ReadOptions with(RecordingOptions more) {
        return new ReadOptions(task, normalLabel, split, recordings.with(more), model);
    }

    /** The same without what is said of recordings by some keys. */
    public ReadOptions without(Set<String> keys) {
        return new ReadOptions(task, normalLabel, split, recordings.without(keys), model);
    }

    /** The same for a model that takes these channels. */
    public ReadOptions with(ModelChannels channels) {
        return new ReadOptions(task, normalLabel, split, recordings, channels);
    }
}
