package org.tinytune.nas;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.tinytune.core.board.Board;

/**
 * What is searched for.
 *
 * @param data folder or file of the data set
 * @param board where the model shall run
 * @param limits what it may use
 * @param trials candidates to train; {@link Integer#MAX_VALUE} if only time limits the search
 * @param timeLimit of the whole run, play-off and last training included
 * @param seed of everything
 * @param threads that are used
 * @param sampler {@code bayes} or {@code random}
 * @param features to choose from for windows of sensor data; none for those that suit them
 * @param playOff whether the best trials are compared on all groups where these are few
 * @param study the file of the study
 */
public record SearchRequest(
        Path data,
        Board board,
        Limits limits,
        int trials,
        Optional<Duration> timeLimit,
        long seed,
        int threads,
        SamplerKind sampler,
        List<FeatureSpace.Block> features,
        boolean playOff,
        Path study) {
    /** Keeps a copy. */
    public SearchRequest {
        features = List.copyOf(features);
    }

    /** Who proposes candidates. */
    public enum SamplerKind {
        /** Gaussian-process Bayesian optimisation. */
        BAYES,
        /** Uniform draws from the space. */
        RANDOM
    }
}
