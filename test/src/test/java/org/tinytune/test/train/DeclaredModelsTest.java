package org.tinytune.test.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.reader.DataSets;
import org.tinytune.test.Repository;
import org.tinytune.train.Trainer;
import org.tinytune.train.layer.LayerTypes;
import org.tinytune.train.model.DeclaredTraining;
import org.tinytune.train.model.ModelFile;

/** The model files that the repository shows. */
class DeclaredModelsTest {
    private static final Path DOCUMENTATION = Repository.ROOT.resolve("docs/train.md");
    private static final int MAX_PARAMETERS = 100_000;

    private static Graph int8(ModelFile file, Shape sample) {
        List<String> labels = IntStream.range(0, 10).mapToObj(i -> "c" + i).toList();
        InputEncoding encoding = new InputEncoding(List.of(0f), List.of(1f), 0, 1);
        assertThat(file.training(TaskKind.CLASSIFICATION, sample, 0, 1).epochs())
                .isPositive();
        return Trainer.skeleton(
                file.network(sample, new Metadata("m", "", labels, encoding, new TreeMap<>(Map.of()))), 1);
    }

    private static long parameters(Graph graph) {
        return graph.tensors().stream()
                .filter(Tensor::isConstant)
                .mapToLong(tensor -> tensor.shape().elements())
                .sum();
    }

    @ParameterizedTest
    @CsvSource({"digits/model.toml, 8", "fashion/model.toml, 28", "fashion/small.toml, 28", "fashion/medium.toml, 28"})
    void theExamplesAreSmall(String name, int side) {
        ModelFile file = ModelFile.read(Repository.ROOT.resolve("examples/" + name));
        assertThat(parameters(int8(file, Shape.of(side, side, 1)))).isBetween(10_000L, (long) MAX_PARAMETERS);
    }

    /** The files go with the data beside them, which need not ask for the task themselves. */
    @ParameterizedTest
    @CsvSource({"pressure, model.toml, REGRESSION, 2", "digits, anomaly.toml, ANOMALY_DETECTION, 64"})
    void theExamplesOfOtherTasksGoWithTheirData(String example, String name, TaskKind task, int outputs) {
        Path folder = Repository.ROOT.resolve("examples/" + example);
        ModelFile file = ModelFile.read(folder.resolve(name));
        DeclaredTraining training = new DeclaredTraining(file, DataSets.load(folder, file.dataOptions()), 1, 1);
        assertThat(TaskKind.of(training.graph().metadata())).isEqualTo(task);
        assertThat(training.graph().output().shape()).isEqualTo(Shape.of(1, outputs));
    }

    @Test
    void theDocumentationsFileIsOneAndEveryLayerIsDescribed() throws IOException {
        String page = Files.readString(DOCUMENTATION);
        String toml = page.substring(page.indexOf("```toml\n") + "```toml\n".length());
        ModelFile file = ModelFile.parse("docs/train.md", toml.substring(0, toml.indexOf("```")));
        assertThat(int8(file, Shape.of(8, 8, 1)).output().shape()).isEqualTo(Shape.of(1, 10));
        for (String type : LayerTypes.ALL.names()) {
            assertThat(page).containsPattern("(?m)^\\| .*`" + type + "`.* \\|");
        }
    }
}
