package org.tinytune.cli.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.relu.Relu;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Dataset;
import org.tinytune.data.DatasetBuilder;
import org.tinytune.data.DatasetCard;
import org.tinytune.train.Trainer;
import org.tinytune.train.model.ModelFile;

class SampleEncoderTest {
    private static final Quantization HALVES = Quantization.perTensor(0.5f, 10);
    private static final InputEncoding TWO_CHANNELS = new InputEncoding(List.of(100f, 0f), List.of(10f, 2f), -50, 150);

    private static Graph graph(Shape input, InputEncoding encoding) {
        GraphBuilder builder = new GraphBuilder();
        int in = builder.input("in", input, ElementType.INT8, HALVES);
        int out = builder.node("out", ElementType.INT8, HALVES, Relu.INSTANCE, new NoParams(), in);
        return builder.output(out)
                .metadata(new Metadata("model", "", List.of(), encoding, new TreeMap<>()))
                .build();
    }

    private static Dataset dataset(Shape shape) {
        return new DatasetBuilder(DatasetCard.named("some"), shape)
                .add(new float[shape.elements()], "a")
                .build();
    }

    @Test
    void encodesEachChannelByItsOwnMeanAndDeviation() {
        SampleEncoder encoder = SampleEncoder.of(graph(Shape.of(1, 1, 2, 2), TWO_CHANNELS));

        // (raw - mean) / deviation / 0.5 + 10
        assertThat(encoder.encode(new float[] {100, 0, 110, -4})).containsExactly(10, 10, 12, 6);
    }

    @Test
    void encodesTheLastExtentAsChannelsWhateverTheRank() {
        SampleEncoder encoder = SampleEncoder.of(graph(Shape.of(1, 3, 2), TWO_CHANNELS));

        assertThat(encoder.sampleShape()).isEqualTo(Shape.of(6));
        assertThat(encoder.encode(new float[] {110, 2, 110, 2, 110, 2})).containsExactly(12, 12, 12, 12, 12, 12);
    }

    /** What a model sees at a time is a part of the sample's rows, or of its values. */
    @Test
    void aSampleOfAModelWithStatesIsAllOfItsSteps() {
        SampleEncoder image = SampleEncoder.of(recurrent("flatten", Shape.of(8, 3, 2)));
        assertThat(image.sampleShape()).isEqualTo(Shape.of(8, 3, 2));
        assertThat(image.encode(new float[48])).hasSize(48);
        SampleEncoder row = SampleEncoder.of(recurrent("relu", Shape.of(12)));
        assertThat(row.sampleShape()).isEqualTo(Shape.of(4, 1, 3));
        row.requireShape("some", dataset(Shape.of(12)));
        assertThatThrownBy(() -> row.requireShape("some", dataset(Shape.of(13))))
                .isInstanceOf(TinytuneException.class);
    }

    private static Graph recurrent(String first, Shape sample) {
        String text = "[model]\nsteps = 4\n[[layer]]\ntype = '" + first + "'\n"
                + "[[layer]]\ntype = 'svdf'\nunits = 3\nmemory = 2\n[[layer]]\ntype = 'dense'\n[train]\n";
        Metadata metadata = new Metadata("model", "", List.of("a", "b"), InputEncoding.IDENTITY, new TreeMap<>());
        Graph graph = ModelFile.parse("M.toml", text).network(sample, metadata);
        return Trainer.skeleton(graph, 1).withMetadata(metadata.withSteps(4));
    }

    @Test
    void saturatesWhatIsOutOfRange() {
        SampleEncoder encoder = SampleEncoder.of(graph(Shape.of(1, 2), InputEncoding.IDENTITY));

        assertThat(encoder.encode(new float[] {1e9f, -1e9f})).containsExactly(127, -128);
    }

    @Test
    void encodesAllSamplesInOrder() {
        Dataset data = new DatasetBuilder(DatasetCard.named("some"), Shape.of(2))
                .add(new float[] {1, 2}, "a")
                .add(new float[] {-1, 0}, "b")
                .build();

        assertThat(SampleEncoder.of(graph(Shape.of(1, 2), InputEncoding.IDENTITY))
                        .encode(data))
                .containsExactly(new byte[] {12, 14}, new byte[] {8, 10});
    }

    @Test
    void takesAnImageAndItsValuesInOneRowForTheSame() {
        SampleEncoder image = SampleEncoder.of(graph(Shape.of(1, 4, 3, 2), TWO_CHANNELS));
        image.requireShape("some", dataset(Shape.of(4, 3, 2)));
        image.requireShape("some", dataset(Shape.of(24)));

        assertThatThrownBy(() -> image.requireShape("some", dataset(Shape.of(3, 4, 2))))
                .isInstanceOf(TinytuneException.class)
                .hasMessageStartingWith("some: samples are [3, 4, 2], the model takes [4, 3, 2]")
                .extracting(e -> ((TinytuneException) e).exitCode())
                .isEqualTo(ExitCode.INVALID_INPUT);
        assertThatThrownBy(() -> image.requireShape("some", dataset(Shape.of(23))))
                .isInstanceOf(TinytuneException.class);
    }

    @Test
    void refusesMetadataWhoseRangeIsNone() {
        InputEncoding damaged = new InputEncoding(List.of(0f), List.of(1f), 5, Float.NaN);
        SampleEncoder encoder = SampleEncoder.of(graph(Shape.of(1, 2), damaged));

        assertThatThrownBy(encoder::rawRange).isInstanceOf(InvalidModelException.class);
    }

    @Test
    void refusesAModelWithTwoInputs() {
        GraphBuilder builder = new GraphBuilder();
        int first = builder.input("first", Shape.of(1, 2), ElementType.INT8, HALVES);
        builder.input("second", Shape.of(1, 2), ElementType.INT8, HALVES);
        int out = builder.node("out", ElementType.INT8, HALVES, Relu.INSTANCE, new NoParams(), first);
        Graph graph = builder.output(out).build();

        assertThatThrownBy(() -> SampleEncoder.of(graph))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("2 inputs");
    }
}
