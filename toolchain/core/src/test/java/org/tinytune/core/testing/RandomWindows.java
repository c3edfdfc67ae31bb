package org.tinytune.core.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.RowWindow;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.DspBlock;
import org.tinytune.core.op.FrameOperator;
import org.tinytune.core.op.FrontEnd;
import org.tinytune.core.op.FrontEnd.Stage;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.Operators;
import org.tinytune.core.op.slide.Slide;
import org.tinytune.core.op.standardize.Standardize;
import org.tinytune.core.op.standardize.StandardizeParams;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;

/** Models on a window of samples, and the operator that has it slide, with random parameters. */
public final class RandomWindows {
    /** What makes several frames of samples. */
    public static final List<DspBlock<?>> FRAMERS = Operators.DSP_BLOCKS.stream()
            .filter(block -> block instanceof FrameOperator<?>)
            .toList();

    private static final int FEW_FRAMES = 9;
    private static final int MAX_CHANNELS = 3;

    private RandomWindows() {}

    /** {@code SLIDE} alone, from one to some rows of either kind. */
    public static Graph slide(ElementType type, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int width = 1 + random.nextInt(4);
        int channels = 1 + random.nextInt(MAX_CHANNELS);
        Quantization quantization = Quantization.perTensor(0.02f, type == ElementType.INT8 ? -7 : 0);
        GraphBuilder graph = new GraphBuilder();
        int added = graph.input("input", Shape.of(1, 1 + random.nextInt(5), width, channels), type, quantization);
        Shape kept = Shape.of(1, 1 + random.nextInt(7), width, channels);
        int state = graph.tensor(Tensor.state("kept", kept, type, quantization));
        return graph.output(graph.node("output", type, quantization, Slide.INSTANCE, new NoParams(), added, state))
                .build();
    }

    /** A block that makes frames, features made int8, and a convolutional network behind these. */
    public static Graph model(DspBlock<?> block, int maxFftLength, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Graph single = RandomBlocks.single(block, maxFftLength, seed);
        RowWindow window = single.rowWindow(single.nodes().get(0));
        int frames = 1 + random.nextInt(FEW_FRAMES);
        int samples = window.extent() + (frames - 1) * window.stride() + random.nextInt(window.stride());
        return behind(single, single.nodes().get(0), Math.max(2, samples), random);
    }

    private static <P extends Record> Graph behind(Graph single, Node<P> node, int samples, SplittableRandom random) {
        int channels = single.input().shape().dim(3);
        DspBlock<P> block = (DspBlock<P>) node.operator();
        Tensor input = FrontEnd.samples(
                "samples", samples, channels, single.input().quantization().scale());
        Shape shape = block.inferShape(node.params(), List.of(input.shape()));
        Graph network = network(shape, random);
        Tensor features = Tensor.activation(
                "features", shape, ElementType.INT16, single.output().quantization());
        List<Stage<?>> stages = new ArrayList<>();
        stages.add(new Stage<>(block, node.params(), features, List.of()));
        List<Tensor> constants = List.of(
                constant("means", shape, random.nextInt(-3000, 3000)),
                constant("factors", shape, random.nextInt(1, 400)));
        stages.add(new Stage<>(Standardize.INSTANCE, new StandardizeParams(10), network.input(), constants));
        float count = 1 / input.quantization().scale();
        InputEncoding counts = new InputEncoding(List.of(0f), List.of(count), Short.MIN_VALUE, Short.MAX_VALUE);
        Metadata metadata = network.metadata().withEncoding(counts);
        return new FrontEnd(input, stages).before(network.withMetadata(metadata));
    }

    private static Tensor constant(String name, Shape features, int value) {
        short[] values = new short[features.rowElements()];
        Arrays.fill(values, (short) value);
        return Tensor.constant(name, Shape.of(values.length), Quantization.NONE, TensorData.of(values));
    }

    private static Graph network(Shape features, SplittableRandom random) {
        RandomNodes nodes = new RandomNodes(new GraphBuilder(), random, ElementType.INT8, false);
        int tensor = nodes.input(features);
        for (String name : List.of("CONV_2D", "RESHAPE", "FULLY_CONNECTED", "SOFTMAX")) {
            tensor = nodes.append(Operators.byName(name).orElseThrow(), tensor);
        }
        return nodes.graph(tensor);
    }

    /** Samples of noise that is now louder, now quieter. */
    public static byte[] noise(int bytes, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] noise = new byte[bytes];
        for (int i = 0; i < bytes / 2; i++) {
            int sample = random.nextInt(-(1 << 15), 1 << 15) >> (i / 50 % 12);
            noise[2 * i] = (byte) sample;
            noise[2 * i + 1] = (byte) (sample >> 8);
        }
        return noise;
    }
}
