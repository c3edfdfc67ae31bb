package org.tinytune.search.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tinytune.search.space.Parameters;
import org.tinytune.search.trial.FrozenTrial;
import org.tinytune.search.trial.TrialResult;

class StartingPointsTest {
    private static final List<Parameters> POINTS =
            List.of(new Parameters(Map.of("x", 0.25)), new Parameters(Map.of("x", 0.5)));

    @Test
    void goesOnFromItsPoints() {
        Sampler sampler = new StartingPoints(POINTS, new BayesSampler());
        List<FrozenTrial> trials = Trials.run(
                sampler, TestSpaces.LINE, 1, 20, p -> TrialResult.complete(-Math.abs(p.getDouble("x") - 0.5)));

        assertThat(trials.stream().limit(2).map(FrozenTrial::parameters)).isEqualTo(POINTS);
        assertThat(trials.stream().map(FrozenTrial::parameters)).doesNotHaveDuplicates();
    }

    @Test
    void saysItsPoints() {
        assertThat(new StartingPoints(POINTS, new RandomSampler()).describe())
                .isEqualTo("random, from [{x=0.25}, {x=0.5}]");
        assertThat(new StartingPoints(List.of(), new RandomSampler()).describe())
                .isEqualTo(new RandomSampler().describe());
    }
}
