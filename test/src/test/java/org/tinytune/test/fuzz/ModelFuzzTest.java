package org.tinytune.test.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.op.Operators;
import org.tinytune.core.testing.RandomGraphs;
import org.tinytune.runtimegen.CTarget;
import org.tinytune.test.fuzz.Survival.End;
import org.tinytune.tflite.TfliteWriter;

/** Whatever happens to a file, it is refused in one line or works all the way, soon and in little memory. */
class ModelFuzzTest {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private static final int EVERYDAY = 3_000;
    private static final int MANY = 120_000;
    /** Of large models, one file in so many that is read is also used. */
    private static final int USED = 16;

    private static final int LARGE_BYTES = 1 << 15;

    private final List<ModelMutator> small = new ArrayList<>();
    private final Map<End, Integer> ends = new EnumMap<>(End.class);

    ModelFuzzTest() {
        Operators.ALL.forEach(operator -> small.add(new ModelMutator(TfliteWriter.write(
                RandomGraphs.single(operator, 1).withMetadata(SampleMetadata.FULL)))));
        for (long seed = 0; seed < 8; seed++) {
            small.add(new ModelMutator(TfliteWriter.write(
                    RandomGraphs.network(seed).withMetadata(SampleMetadata.FULL))));
        }
    }

    @Test
    void alteredModelsOfOurOwnAreRefusedOrWork() {
        fuzz(small, 0, EVERYDAY);
        assertThat(ends.keySet()).containsExactlyInAnyOrder(End.values());
        assertThat(ends.get(End.WORKS)).isGreaterThan(EVERYDAY / 10);
    }

    private void fuzz(List<ModelMutator> models, long firstSeed, int count) {
        for (long seed = firstSeed; seed < firstSeed + count; seed++) {
            long start = System.nanoTime();
            try {
                ends.merge(survive(models, seed), 1, Integer::sum);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed, e);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("seed %d", seed)
                    .isLessThan(LIMIT);
        }
    }

    private static End survive(List<ModelMutator> models, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] file = models.get(random.nextInt(models.size())).mutated(random);
        Optional<Graph> graph = Survival.read(file);
        if (graph.isEmpty()) {
            return End.REFUSED_BY_READER;
        }
        boolean used = file.length < LARGE_BYTES || seed % USED == 0;
        if (!used) {
            return End.WORKS;
        }
        Survival.assertRoundTrip(graph.get());
        CTarget[] targets = CTarget.values();
        return Survival.use(graph.get(), targets[random.nextInt(targets.length)]);
    }
}
