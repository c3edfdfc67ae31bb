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
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.testing.RandomBlocks;
import org.tinytune.core.testing.RandomGraphs;
import org.tinytune.runtimegen.CTarget;
import org.tinytune.test.fuzz.Survival.End;
import org.tinytune.test.golden.GoldenModel;
import org.tinytune.test.tflite.ForeignFiles;
import org.tinytune.tflite.TfliteReader;
import org.tinytune.tflite.TfliteWriter;

/**
 * Whatever happens to a file, it is refused in one line or works all the way, soon and in little memory. The slow tests
 * try more than 100,000 files.
 */
class ModelFuzzTest {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private static final int EVERYDAY = 2_000;
    private static final int MANY_OF_OURS = 60_000;
    private static final int MANY_OF_OTHERS = 50_000;
    /** Of large models, one file in so many that is read is also used; of small ones, one in so many. */
    private static final int LARGE_USED = 256;

    private static final int SMALL_USED = 4;
    private static final int LARGE_BYTES = 1 << 15;

    private final Map<End, Integer> ends = new EnumMap<>(End.class);

    private static List<ModelMutator> ours() {
        List<ModelMutator> models = new ArrayList<>();
        models.add(new ModelMutator(ForeignFiles.withFloatEnds(RandomGraphs.foreignNetwork(1))));
        models.add(new ModelMutator(ForeignFiles.withUint8Ends(RandomGraphs.foreignNetwork(2))));
        models.add(new ModelMutator(ForeignFiles.withSplit(ForeignFiles.slices(Shape.of(1, 4, 6, 2), 2, 3), 2)));
        Operators.ALL.forEach(operator -> models.add(mutator(RandomGraphs.single(operator, 1))));
        Operators.DSP_BLOCKS.forEach(block -> models.add(mutator(RandomBlocks.beforeNetwork(block, 1))));
        for (long seed = 0; seed < 8; seed++) {
            models.add(mutator(RandomGraphs.network(seed)));
            models.add(mutator(RandomGraphs.int16Network(seed)));
            models.add(mutator(RandomGraphs.foreignNetwork(seed)));
        }
        return models;
    }

    private static ModelMutator mutator(Graph graph) {
        return new ModelMutator(TfliteWriter.write(graph.withMetadata(SampleMetadata.FULL)));
    }

    private static List<ModelMutator> others() {
        return GoldenModel.NAMES.stream()
                .map(name -> new ModelMutator(new GoldenModel(name).file()))
                .toList();
    }

    @Test
    void alteredModelsOfOurOwnAreRefusedOrWork() {
        fuzz(ours(), 0, EVERYDAY, 1);
        assertThat(ends.keySet()).contains(End.REFUSED_BY_READER, End.REFUSED_BY_KERNELS, End.WORKS);
        assertThat(ends.get(End.WORKS)).isGreaterThan(EVERYDAY / 10);
        assertThat(ends.get(End.REFUSED_BY_READER)).isGreaterThan(EVERYDAY / 3);
    }

    @Test
    @Tag("slow")
    void manyAlteredModelsOfOurOwnAreRefusedOrWork() {
        fuzz(ours(), 1_000_000, MANY_OF_OURS, SMALL_USED);
    }

    @Test
    @Tag("slow")
    void manyAlteredModelsOfOthersAreRefusedOrWork() {
        fuzz(others(), 2_000_000, MANY_OF_OTHERS, SMALL_USED);
    }

    private void fuzz(List<ModelMutator> models, long firstSeed, int count, int used) {
        // What is allocated once is no matter.
        models.forEach(model -> TfliteReader.read("m.tflite", model.original()));
        for (long seed = firstSeed; seed < firstSeed + count; seed++) {
            long start = Survival.cpuNanos();
            try {
                ends.merge(survive(models, seed, used), 1, Integer::sum);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed, e);
            }
            assertThat(Duration.ofNanos(Survival.cpuNanos() - start))
                    .as("processor time of seed %d", seed)
                    .isLessThan(LIMIT);
        }
    }

    private static End survive(List<ModelMutator> models, long seed, int used) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] file = models.get(random.nextInt(models.size())).mutated(random);
        Optional<Graph> graph = Survival.read(file);
        if (graph.isEmpty()) {
            return End.REFUSED_BY_READER;
        }
        if (seed % (file.length < LARGE_BYTES ? used : LARGE_USED) != 0) {
            return End.READ;
        }
        Survival.assertRoundTrip(graph.get());
        CTarget[] targets = CTarget.values();
        return Survival.use(graph.get(), targets[random.nextInt(targets.length)]);
    }
}
