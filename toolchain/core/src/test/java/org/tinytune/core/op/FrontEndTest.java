package org.tinytune.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.FrontEnd.Stage;
import org.tinytune.core.op.relu.Relu;
import org.tinytune.core.op.resizearea.ResizeArea;
import org.tinytune.core.op.resizearea.ResizeAreaParams;
import org.tinytune.core.op.standardize.Standardize;
import org.tinytune.core.op.standardize.StandardizeParams;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.sim.Simulator;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;

class FrontEndTest {
    private static final Quantization STEPS = Quantization.perTensor(0.5f, 0);
    private static final Tensor SAMPLES = FrontEnd.samples("samples", 4, 2, 0.01f);

    private static Graph network(Shape input) {
        GraphBuilder graph = new GraphBuilder();
        int x = graph.input("x", input, ElementType.INT8, STEPS);
        return graph.output(graph.node("y", ElementType.INT8, STEPS, Relu.INSTANCE, new NoParams(), x))
                .build();
    }

    private static Stage<StandardizeParams> standardize(Tensor output) {
        Tensor means = Tensor.constant("means", Shape.of(2), Quantization.NONE, TensorData.of(new short[] {10, -10}));
        Tensor factors = Tensor.constant("factors", Shape.of(2), Quantization.NONE, TensorData.of(new short[] {2, 4}));
        return new Stage<>(Standardize.INSTANCE, new StandardizeParams(1), output, List.of(means, factors));
    }

    private static FrontEnd frontEnd(Graph network) {
        return new FrontEnd(SAMPLES, List.of(standardize(network.input())));
    }

    @Test
    void standsBeforeANetworkAndIsTakenAwayAgain() {
        Graph network = network(Shape.of(1, 4, 1, 2));
        FrontEnd frontEnd = frontEnd(network);

        Graph whole = frontEnd.before(network);

        assertThat(whole.input()).isEqualTo(SAMPLES);
        assertThat(whole.nodes()).extracting(n -> n.operator().name()).containsExactly("STANDARDIZE", "RELU");
        assertThat(FrontEnd.of(whole)).contains(frontEnd);
        assertThat(FrontEnd.network(whole)).isEqualTo(network);
        assertThat(FrontEnd.of(network)).isEmpty();
        assertThat(FrontEnd.network(network)).isSameAs(network);
    }

    @Test
    void isSimulatedLikeAllOtherNodes() {
        Graph network = network(Shape.of(1, 4, 1, 2));
        byte[] samples = {20, 0, 0, 0, 5, 0, 1, 0, 10, 0, 10, 0, 11, 0, (byte) 0xf6, (byte) 0xff};

        assertThat(Simulator.of(frontEnd(network).before(network)).run(samples))
                .containsExactly(10, 20, 0, 22, 0, 40, 1, 0);
    }

    @Test
    void makesFeaturesWithoutTheNetwork() {
        FrontEnd frontEnd = frontEnd(network(Shape.of(1, 4, 1, 2)));
        byte[] samples = {20, 0, 0, 0, 5, 0, 1, 0, 10, 0, 10, 0, 11, 0, (byte) 0xf6, (byte) 0xff};

        Graph alone = frontEnd.alone();

        assertThat(FrontEnd.of(alone)).contains(frontEnd);
        assertThat(alone.output()).isEqualTo(frontEnd.features());
        assertThat(Simulator.of(alone).run(samples)).containsExactly(10, 20, -5, 22, 0, 40, 1, 0);
    }

    /** Six pixels of a camera become two of the network. */
    @Test
    void takesAnImage() {
        Tensor camera = FrontEnd.image("camera", 2, 3, 3, 0.5f, 0);
        Graph network = network(Shape.of(1, 1, 2, 1));
        ResizeAreaParams part = new ResizeAreaParams(0, 1, 1, 2, 1, 2, true);
        Stage<?> grey = new Stage<>(ResizeArea.INSTANCE, part, network.input(), List.of());

        Graph whole = new FrontEnd(camera, List.of(grey)).before(network);

        assertThat(whole.input()).isEqualTo(camera);
        assertThat(FrontEnd.network(whole)).isEqualTo(network);
        byte[] pixels = new byte[18];
        Arrays.fill(pixels, 3, 6, (byte) 100);
        pixels[7] = 127;
        assertThat(Simulator.of(whole).run(pixels)).containsExactly(100, 75);
    }

    @Test
    void refusesWhatDoesNotFit() {
        Graph small = network(Shape.of(1, 3, 1, 2));
        assertThatThrownBy(() -> frontEnd(small))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("STANDARDIZE makes [1, 4, 1, 2], but tensor 'x' is [1, 3, 1, 2]");
        Graph network = network(Shape.of(1, 4, 1, 2));
        assertThatThrownBy(() -> frontEnd(network).before(small))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("the network takes 'x', [1, 3, 1, 2], not the features [1, 4, 1, 2] alone");
        Tensor image = Tensor.activation("image", Shape.of(1, 4, 3, 2), ElementType.INT16, STEPS);
        assertThatThrownBy(() -> new FrontEnd(image, List.of(standardize(network.input()))))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage(
                        "tensor 'image' is INT16 [1, 4, 3, 2], not int16 [1, samples, 1, channels] of at most 1048576"
                                + " samples and 64 channels, nor int8 [1, H, W, C] of at most 2097152 pixels and as many"
                                + " channels");
        Tensor large = FrontEnd.image("large", 2049, 1024, 1, 1, -128);
        assertThatThrownBy(() -> new FrontEnd(large, List.of(standardize(network.input()))))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageStartingWith("tensor 'large' is INT8 [1, 2049, 1024, 1], not int16");
        assertThatThrownBy(() -> new FrontEnd(SAMPLES, List.of()))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("a front end has 1 to 16 blocks, not 0");
    }
}
