package org.tinytune.search.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.tinytune.search.trial.FrozenTrial;
import org.tinytune.search.trial.TrialResult;

class RandomSamplerTest extends SamplerContract {
    @Override
    Sampler sampler() {
        return new RandomSampler();
    }

    @Test
    void ignoresTheResults() {
        List<FrozenTrial> good = Trials.run(sampler(), TestSpaces.MIXED, 1, 10, p -> TrialResult.complete(1));
        List<FrozenTrial> bad = Trials.run(sampler(), TestSpaces.MIXED, 1, 10, p -> TrialResult.failed("no"));
        for (int i = 0; i < good.size(); i++) {
            assertThat(bad.get(i).parameters()).isEqualTo(good.get(i).parameters());
        }
    }

    /** 1200 draws: within five deviations of 400 each, as √(1200 · ⅓ · ⅔) is 16. */
    @Test
    void drawsFromTheDistributions() {
        long seed = 2;
        Map<String, Integer> counts = new TreeMap<>();
        for (FrozenTrial trial : Trials.run(sampler(), TestSpaces.SMALL, seed, 1200, p -> TrialResult.complete(1))) {
            counts.merge(trial.parameters().getString("a"), 1, Integer::sum);
        }
        assertThat(counts).containsOnlyKeys("x", "y", "z");
        assertThat(counts.values())
                .as("seed %d", seed)
                .allSatisfy(count -> assertThat(count).isBetween(320, 480));
    }
}
