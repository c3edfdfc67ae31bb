package org.tinytune.test.tflite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.testing.RandomGraphs;
import org.tinytune.tflite.TfliteReader;
import org.tinytune.tflite.TfliteWriter;
import org.tinytune.train.Trainer;
import org.tinytune.train.model.ModelFile;
import org.tinytune.train.model.Networks;

/** Whatever network a file declares, the interpreter runs it as the simulator does, tensor by tensor. */
class DeclaredNetworksDifferentialTest {
    private static final int NETWORKS = 100;
    private static final int RUNS = 4;

    @Test
    void networksForImagesEqualTheReferenceInterpreters() {
        compare(Networks::random, Shape.of(6, 6, 1), 3);
    }

    @Test
    void networksWithASingleOutputEqualTheReferenceInterpreters() {
        compare(Networks::binary, Shape.of(6, 6, 1), 2);
    }

    /** States last from one run to the next. */
    @Test
    void networksForSequencesEqualTheReferenceInterpreters() {
        compare(Networks::sequence, Shape.of(3 * Networks.STEPS), 2);
    }

    private static void compare(LongFunction<String> networks, Shape sample, int classes) {
        Metadata metadata = new Metadata(
                "m", "", List.of("a", "b", "c").subList(0, classes), InputEncoding.IDENTITY, new TreeMap<>());
        for (long seed = 0; seed < NETWORKS; seed++) {
            String text = networks.apply(seed);
            Graph graph = Trainer.skeleton(ModelFile.parse("M.toml", text).network(sample, metadata), seed);
            List<List<byte[]>> inputs = new ArrayList<>();
            for (int i = 0; i < RUNS; i++) {
                inputs.add(RandomGraphs.inputs(graph, RUNS * seed + i));
            }
            Differential.assertEqual("seed " + seed + ":\n" + text, graph, inputs);
            assertThat(TfliteReader.read("m.tflite", TfliteWriter.write(graph)))
                    .as("seed %d:%n%s", seed, text)
                    .isEqualTo(graph);
        }
    }
}
