package org.tinytune.core.op.slide;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.RowWindow;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.FrontEnd;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.tensor.Shape;

/**
 * A model on a window that slides over a stream: a graph of its own, which takes only the new rows of the input and
 * computes only the new rows of features. What older rows are still needed for is in states: in front of each block,
 * the samples that the next frame shares with those before; in front of the network, the features of the window.
 *
 * <p>Once the window is full, the output is that of the model on the whole window, byte for byte. The graph's metadata
 * state the inferences that it takes, as those of a model with states do: {@code steps}.
 *
 * <p>Checked by: ContinuousGraphTest, ContinuousUseTest.
 *
 * @param graph the model for continuous use, whose input is {@code [1, hop, W, C]}
 * @param hop rows of the input from one window to the next
 * @param steps inferences until the window is full
 * @param windowRows rows of the stream that an output depends on, the latest last
 */
public record ContinuousGraph(Graph graph, int hop, int steps, int windowRows) {
    private static final int WINDOWS_OVER_A_ROW = 4;

    /** How many rows of features become new with the rows of a hop, and how many before them are needed again. */
    private record Level(int stride, int kept) {}

    /**
     * The model on a window that moves on by {@code hop} rows of its input.
     *
     * @param model int8, with blocks before its network or without; its input's rows are moments
     * @throws TinytuneException with {@link ExitCode#USAGE} if the window cannot move on so
     * @throws InvalidModelException if there is no such window at all
     */
    public static ContinuousGraph of(Graph model, int hop) {
        return new Builder(model, hop).build();
    }

    /**
     * What a hop is a multiple of, in rows of the input: a frame of the features, or a row where there is only one
     * frame.
     *
     * @throws InvalidModelException if the model cannot be used so
     */
    public static int granularity(Graph model) {
        requireWindow(model);
        int rows = 1;
        for (FrontEnd.Stage<?> stage : stages(model)) {
            if (stage.output().shape().rows() == 1) {
                return rows;
            }
            rows *= window(model, stage.output()).stride();
        }
        return rows;
    }

    /** The hop that has every row of the input in four windows, or nearly. */
    public static int usualHop(Graph model) {
        int granularity = granularity(model);
        return Math.max(1, model.input().shape().rows() / WINDOWS_OVER_A_ROW / granularity) * granularity;
    }

    /** Whether a graph is one for continuous use. */
    public static boolean isContinuous(Graph graph) {
        return graph.nodes().stream().anyMatch(node -> node.operator() instanceof Slide);
    }

    /**
     * The inputs that fill the window with one of the model's, one for each step; what is before it are zeros.
     *
     * @param window bytes of the model's input; rows that no output depends on are left out
     */
    public List<byte[]> stepsOf(byte[] window) {
        Tensor input = graph.input();
        byte[] stream = new byte[steps * input.bytes()];
        Arrays.fill(stream, input.zeroByte());
        int begin = stream.length - windowRows * input.rowBytes();
        System.arraycopy(window, 0, stream, begin, Math.min(window.length, stream.length - begin));
        List<byte[]> inputs = new ArrayList<>();
        for (int from = 0; from < stream.length; from += input.bytes()) {
            inputs.add(Arrays.copyOfRange(stream, from, from + input.bytes()));
        }
        return inputs;
    }

    private static void requireWindow(Graph model) {
        if (model.hasState()) {
            throw new InvalidModelException("the model remembers its inputs by itself: feed it step by step as it is");
        }
        Shape input = model.input().shape();
        if (model.inputs().size() != 1 || input.rank() != 4 || input.rows() < 2 || input.dim(2) != 1) {
            throw new InvalidModelException("the model takes " + model.inputs().size() + " input(s), the first " + input
                    + ", and no window [1, moments, 1, channels]");
        }
        for (FrontEnd.Stage<?> stage : stages(model)) {
            RowWindow window = window(model, stage.output());
            boolean slides = window.offset() == 0 && window.fraction() == 1 && window.stride() > 0;
            if (!slides && stage.output().shape().rows() > 1) {
                throw new InvalidModelException(stage.block().name() + " makes no frames that a window slides over");
            }
        }
    }

    private static List<FrontEnd.Stage<?>> stages(Graph model) {
        return FrontEnd.of(model).map(FrontEnd::stages).orElse(List.of());
    }

    /** The window of the node that writes a tensor. */
    private static RowWindow window(Graph model, Tensor output) {
        Node<?> node = model.nodes().stream()
                .filter(n -> model.tensor(n.output()).equals(output))
                .findFirst()
                .orElseThrow();
        return model.rowWindow(node);
    }

    private static final class Builder {
        private final Graph model;
        private final int hop;
        private final Graph network;
        private final GraphBuilder graph = new GraphBuilder();
        private final Set<String> names = new HashSet<>();
        private final List<Level> levels = new ArrayList<>();
        private boolean slides;

        Builder(Graph model, int hop) {
            this.model = model;
            this.hop = hop;
            int granularity = granularity(model);
            int rows = model.input().shape().rows();
            if (hop < 1 || hop % granularity != 0 || hop >= rows) {
                throw new TinytuneException(
                        ExitCode.USAGE,
                        "a window of " + rows + " rows cannot move on by " + hop + " (take a multiple of " + granularity
                                + " below that)");
            }
            network = FrontEnd.network(model);
            model.tensors().forEach(tensor -> names.add(tensor.name()));
        }

        ContinuousGraph build() {
            // The network's tensors keep their numbers, so that its nodes stay as they are.
            Optional<FrontEnd> frontEnd = FrontEnd.of(model);
            network.tensors().forEach(graph::tensor);
            int networkInput = network.inputs().get(0);
            Tensor input = model.input();
            String name = frontEnd.isPresent() ? input.name() : unused(input.name());
            int rows = graph.input(name, withRows(input, hop), input.type(), input.quantization());
            for (FrontEnd.Stage<?> stage : stages(model)) {
                rows = stage(stage, rows, networkInput);
            }
            slideInto(rows, networkInput);
            network.nodes().forEach(graph::node);
            network.outputs().forEach(graph::output);
            if (!slides) {
                throw sharesNothing();
            }
            int span = network.input().shape().rows();
            for (int i = levels.size() - 1; i >= 0; i--) {
                span = span * levels.get(i).stride() + levels.get(i).kept();
            }
            int steps = (span + hop - 1) / hop;
            graph.metadata(model.metadata().withSteps(steps));
            return new ContinuousGraph(graph.build(), hop, steps, span);
        }

        /** The block over new rows and what it needs of those before; returns its output. */
        private <P extends Record> int stage(FrontEnd.Stage<P> stage, int input, int networkInput) {
            int added = graph.tensor(input).shape().rows();
            RowWindow window = window(model, stage.output());
            boolean single = stage.output().shape().rows() == 1;
            int stride = single ? added : window.stride();
            int kept = Math.max(0, window.extent() - stride);
            levels.add(new Level(stride, kept));
            List<Integer> operands = new ArrayList<>();
            operands.add(kept == 0 ? input : slide(input, kept));
            stage.constants().forEach(constant -> operands.add(graph.tensor(constant)));
            Tensor output = stage.output();
            boolean fillsWindow = output.name().equals(network.input().name())
                    && output.shape().rows() == added / stride;
            if (fillsWindow) {
                graph.node(new Node<>(stage.block(), stage.params(), operands, List.of(networkInput)));
                return networkInput;
            }
            String name = output.name().equals(network.input().name()) ? unused(output.name()) : output.name();
            int[] indices = operands.stream().mapToInt(Integer::intValue).toArray();
            return graph.node(name, output.type(), output.quantization(), stage.block(), stage.params(), indices);
        }

        /** Rows with those before them. */
        private int slide(int input, int kept) {
            Tensor added = graph.tensor(input);
            int state = state(added, kept);
            return graph.node(
                    unused(added.name()),
                    added.type(),
                    added.quantization(),
                    Slide.INSTANCE,
                    new NoParams(),
                    input,
                    state);
        }

        /** The network's input, of new rows and those before them. */
        private void slideInto(int rows, int networkInput) {
            if (rows != networkInput) {
                Tensor added = graph.tensor(rows);
                int kept = network.input().shape().rows() - added.shape().rows();
                if (kept < 1) {
                    // Samples behind the last frame leave room for a hop of more frames than the window has.
                    throw sharesNothing();
                }
                int state = state(added, kept);
                graph.node(new Node<>(Slide.INSTANCE, new NoParams(), List.of(rows, state), List.of(networkInput)));
            }
        }

        private TinytuneException sharesNothing() {
            return new TinytuneException(
                    ExitCode.USAGE,
                    "windows that move on by " + hop + " of "
                            + model.input().shape().rows()
                            + " rows share nothing (take a smaller hop, or the model as it is)");
        }

        private int state(Tensor added, int kept) {
            slides = true;
            return graph.tensor(
                    Tensor.state(unused(added.name()), withRows(added, kept), added.type(), added.quantization()));
        }

        private String unused(String name) {
            for (int i = 1; ; i++) {
                if (names.add(name + "_" + i)) {
                    return name + "_" + i;
                }
            }
        }

        private static Shape withRows(Tensor tensor, int rows) {
            int[] dims = tensor.shape().dims();
            dims[1] = rows;
            return Shape.of(dims);
        }
    }
}
