package org.tinytune.search.study;

import java.util.List;
import java.util.Map;
import org.tinytune.search.sampler.BayesSampler;
import org.tinytune.search.sampler.History;
import org.tinytune.search.sampler.RandomSampler;
import org.tinytune.search.sampler.Sampler;
import org.tinytune.search.space.FloatDistribution;
import org.tinytune.search.space.IntDistribution;
import org.tinytune.search.space.Parameters;
import org.tinytune.search.space.SearchSpace;
import org.tinytune.search.trial.Feasibility;
import org.tinytune.search.trial.FeasibilityCheck;
import org.tinytune.search.trial.FrozenTrial;
import org.tinytune.search.trial.TrialContext;
import org.tinytune.search.trial.TrialResult;

/** Studies to test with. */
final class TestStudies {
    static final SearchSpace SPACE = SearchSpace.builder()
            .add("n", IntDistribution.uniform(0, 9))
            .add("x", FloatDistribution.uniform(0, 1))
            .build();

    /** Rejects every n below 3, and says by how much. */
    static final FeasibilityCheck CHECK = parameters -> new Feasibility(
            List.of(3.0 - parameters.getInt("n")), Map.of("n", Integer.toString(parameters.getInt("n"))));

    private TestStudies() {}

    static StudySettings random(long seed) {
        return StudySettings.of(SPACE, new RandomSampler(), seed);
    }

    /** With a model, a constraint, and two trials that a proposal knows nothing of. */
    static StudySettings bayes(long seed) {
        return StudySettings.of(SPACE, new BayesSampler(4), seed)
                .withLag(2)
                .withConstraints(CHECK, "least n")
                .withFingerprint("data", "0123");
    }

    static TrialResult objective(TrialContext trial) {
        Parameters p = trial.parameters();
        trial.report(0, p.getDouble("x"));
        double noise = trial.random("noise").nextDouble() / 100;
        if (p.getInt("n") == 9) {
            return TrialResult.failed("diverged");
        }
        return TrialResult.complete(p.getInt("n") - Math.pow(p.getDouble("x") - 0.3, 2) + noise);
    }

    /** What a sampler saw, in its only parameter: a proposal that depends on all that it may know. */
    static final class Spy implements Sampler {
        private History last;

        History last() {
            return last;
        }

        @Override
        public Parameters sample(History history) {
            last = history;
            double x = history.random().nextDouble();
            for (FrozenTrial trial : history.finished()) {
                x += trial.values().isEmpty() ? 0.5 : Math.abs(trial.values().get(0)) / 3;
            }
            for (FrozenTrial trial : history.pending()) {
                x += trial.parameters().getDouble("x") / 7;
            }
            return new Parameters(Map.of("n", history.random().nextInt(10), "x", x - Math.floor(x)));
        }

        @Override
        public String describe() {
            return "spy";
        }
    }
}
