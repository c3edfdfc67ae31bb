package org.tinytune.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.TensorData;
import org.tinytune.core.vector.VectorMath;
import org.tinytune.core.vector.VectorProvider;

/**
 * A graph made ready for training: its kernels, and every buffer that they need for the largest batch, allocated once.
 *
 * <p>A graph whose activations are float runs the float kernels; one whose activations are int8 and whose weights are
 * float runs the quantization-aware ones. Trained constants lie in one array, so that an optimizer sees one vector.
 *
 * <p>Not thread-safe; a {@link Team} shares the work of one step.
 */
final class Network {
    /** A mini-batch is always divided into this many shards, whatever the number of threads. */
    static final int SHARDS = 4;

    private final Graph graph;
    private final int maxSamples;
    private final boolean training;
    private final VectorMath math = VectorProvider.get();
    private final List<NodeRun> runs = new ArrayList<>();
    private final float[][] values;
    /** By tensor and consumer: each writes a gradient of its own. */
    private final List<List<float[]>> gradients = new ArrayList<>();

    private final int[] constantOffsets;
    private final float[] parameters;
    private final float[][] shardGradients = new float[SHARDS][];
    private final float[][] runningAverages;

    /** A node and its kernel. */
    private record NodeRun(Node<?> node, TrainingKernel kernel) {}

    /**
     * @param graph ends in what is trained or evaluated
     * @param maxSamples of the largest batch
     * @param training whether there will be backward passes
     */
    Network(Graph graph, int maxSamples, boolean training) {
        this.graph = graph;
        this.maxSamples = maxSamples;
        this.training = training;
        int tensors = graph.tensors().size();
        values = new float[tensors][];
        runningAverages = new float[tensors][];
        constantOffsets = new int[tensors];
        Arrays.fill(constantOffsets, -1);
        int count = layOutConstants();
        parameters = new float[count + VectorMath.SLACK];
        for (int s = 0; s < SHARDS; s++) {
            shardGradients[s] = training ? new float[count + VectorMath.SLACK] : null;
        }
        allocate();
        readConstants();
        int scratch = 0;
        for (int n = 0; n < graph.nodes().size(); n++) {
            Node<?> node = graph.nodes().get(n);
            TrainingKernel kernel = prepare(node, new Buffers(n, node));
            scratch = Math.max(scratch, kernel.scratch());
            runs.add(new NodeRun(node, kernel));
        }
        scratchFloats = scratch + VectorMath.SLACK;
    }

    private final int scratchFloats;

    private int layOutConstants() {
        int count = 0;
        for (Node<?> node : graph.nodes()) {
            Set<Integer> untrained = node.operator().float32().runningAverages();
            for (int i = 0; i < node.inputs().size(); i++) {
                int t = node.inputs().get(i);
                if (t == Node.ABSENT || !isFloatConstant(graph.tensor(t))) {
                    continue;
                }
                if (untrained.contains(i)) {
                    runningAverages[t] = new float[graph.tensor(t).shape().elements() + VectorMath.SLACK];
                } else if (constantOffsets[t] < 0) {
                    constantOffsets[t] = count;
                    count += graph.tensor(t).shape().elements();
                }
            }
        }
        return count;
    }

    private static boolean isFloatConstant(Tensor tensor) {
        return tensor.isConstant() && tensor.type() == ElementType.FLOAT32;
    }

    private void allocate() {
        int[] consumers = new int[graph.tensors().size()];
        graph.nodes()
                .forEach(node ->
                        node.inputs().stream().filter(t -> t != Node.ABSENT).forEach(t -> consumers[t]++));
        graph.outputs().forEach(t -> consumers[t]++);
        for (int t = 0; t < consumers.length; t++) {
            Tensor tensor = graph.tensor(t);
            List<float[]> own = new ArrayList<>();
            if (!tensor.isConstant()) {
                int size = Math.multiplyExact(maxSamples, tensor.shape().elements()) + VectorMath.SLACK;
                values[t] = new float[size];
                boolean isInput = graph.inputs().contains(t);
                for (int c = 0; training && !isInput && c < consumers[t]; c++) {
                    own.add(new float[size]);
                }
            }
            gradients.add(own);
        }
    }

    private void readConstants() {
        for (int t = 0; t < values.length; t++) {
            Tensor tensor = graph.tensor(t);
            if (constantOffsets[t] >= 0) {
                System.arraycopy(
                        tensor.float32Data(),
                        0,
                        parameters,
                        constantOffsets[t],
                        tensor.shape().elements());
            } else if (runningAverages[t] != null) {
                System.arraycopy(
                        tensor.float32Data(),
                        0,
                        runningAverages[t],
                        0,
                        tensor.shape().elements());
            }
        }
    }

    private <P extends Record> TrainingKernel prepare(Node<P> node, TrainingBuffers buffers) {
        boolean isFloat = graph.tensor(node.output()).type() == ElementType.FLOAT32;
        return isFloat
                ? node.operator().float32().prepare(node.params(), graph.operands(node), buffers)
                : node.operator().qat().prepare(node.params(), graph.operands(node), buffers);
    }

    /** The buffers of one node. */
    private final class Buffers implements TrainingBuffers {
        private final int index;
        private final Node<?> node;
        private final int[] consumerNumbers;

        Buffers(int index, Node<?> node) {
            this.index = index;
            this.node = node;
            this.consumerNumbers = new int[node.inputs().size()];
            for (int i = 0; i < consumerNumbers.length; i++) {
                consumerNumbers[i] = consumerNumber(i);
            }
        }

        /** How many operands before this one, here and in earlier nodes, are the same tensor. */
        private int consumerNumber(int operand) {
            int tensor = node.inputs().get(operand);
            int number = 0;
            for (int n = 0; n < index; n++) {
                number += (int) graph.nodes().get(n).inputs().stream()
                        .filter(t -> t == tensor)
                        .count();
            }
            return number
                    + (int) node.inputs().subList(0, operand).stream()
                            .filter(t -> t == tensor)
                            .count();
        }

        @Override
        public VectorMath math() {
            return math;
        }

        @Override
        public int node() {
            return index;
        }

        @Override
        public int maxSamples() {
            return maxSamples;
        }

        @Override
        public int maxShardSamples() {
            return (maxSamples + SHARDS - 1) / SHARDS;
        }

        @Override
        public int shards() {
            return SHARDS;
        }

        @Override
        public FloatSpan input(int operand) {
            int t = node.inputs().get(operand);
            if (constantOffsets[t] >= 0) {
                return new FloatSpan(parameters, constantOffsets[t]);
            }
            return new FloatSpan(runningAverages[t] != null ? runningAverages[t] : values[t], 0);
        }

        @Override
        public FloatSpan output() {
            return new FloatSpan(values[node.output()], 0);
        }

        @Override
        public FloatSpan inputGradient(int operand) {
            List<float[]> own = gradients.get(node.inputs().get(operand));
            return own.isEmpty() ? null : new FloatSpan(own.get(consumerNumbers[operand]), 0);
        }

        @Override
        public FloatSpan outputGradient() {
            List<float[]> own = gradients.get(node.output());
            return own.isEmpty() ? null : new FloatSpan(own.get(0), 0);
        }

        @Override
        public FloatSpan constantGradient(int operand, int shard) {
            return new FloatSpan(
                    shardGradients[shard], constantOffsets[node.inputs().get(operand)]);
        }
    }

    /** The graph that it runs. */
    Graph graph() {
        return graph;
    }

    /** The loops that it computes with. */
    VectorMath math() {
        return math;
    }

    /** Samples of the largest batch. */
    int maxSamples() {
        return maxSamples;
    }

    /** Floats of scratch that each thread needs. */
    int scratchFloats() {
        return scratchFloats;
    }

    /** The input's values: samples one behind the other, to be filled before a step. */
    float[] input() {
        return values[graph.inputs().get(0)];
    }

    /** The output's values: samples one behind the other. */
    float[] output() {
        return values[graph.outputs().get(0)];
    }

    /** The values of an activation. */
    float[] values(int tensor) {
        return values[tensor];
    }

    /** The gradient of the output's real values, to be filled before a backward pass. */
    float[] outputGradient() {
        List<float[]> own = gradients.get(graph.outputs().get(0));
        return own.get(own.size() - 1);
    }

    /** All trained constants, one behind the other. */
    float[] parameters() {
        return parameters;
    }

    /** Trained constants in {@link #parameters}; what lies behind them has no meaning. */
    int parameterCount() {
        return parameters.length - VectorMath.SLACK;
    }

    /** Prepares what depends on constants only. */
    void load() {
        runs.forEach(run -> run.kernel().load());
    }

    /** Computes the output of the batch that was set out; called by every member of the team. */
    void forward(Team.Member member) {
        for (NodeRun run : runs) {
            TrainingKernel kernel = run.kernel();
            TrainingKernel.BatchStatistics statistics = kernel.statistics();
            if (statistics != null && member.isTraining()) {
                member.each(statistics::sumForward);
                member.once(() -> statistics.combineForward(member.samples()));
            }
            member.each(kernel::forward);
        }
    }

    /** Computes the gradients of all trained constants; called by every member of the team. */
    void backward(Team.Member member) {
        member.each(shard -> Arrays.fill(shardGradients[shard.index()], 0));
        for (int n = runs.size() - 1; n >= 0; n--) {
            TrainingKernel kernel = runs.get(n).kernel();
            int output = runs.get(n).node().output();
            member.each(shard -> sumGradients(output, shard));
            TrainingKernel.BatchStatistics statistics = kernel.statistics();
            if (statistics != null) {
                member.each(statistics::sumBackward);
                member.once(() -> statistics.combineBackward(member.samples()));
            }
            member.each(kernel::backward);
        }
    }

    /** Adds up what the consumers of a tensor say of its gradient. */
    private void sumGradients(int tensor, Shard shard) {
        List<float[]> own = gradients.get(tensor);
        int elements = graph.tensor(tensor).shape().elements();
        for (int c = 1; c < own.size(); c++) {
            int offset = shard.begin() * elements;
            math.add(own.get(0), offset, own.get(c), offset, shard.samples() * elements);
        }
    }

    /** The gradients of the last backward pass, summed over the shards in their order. */
    float[] parameterGradients() {
        for (int s = 1; s < SHARDS; s++) {
            math.add(shardGradients[0], 0, shardGradients[s], 0, parameterCount());
        }
        return shardGradients[0];
    }

    /** A copy of all that training changes. */
    Snapshot snapshot() {
        return new Snapshot(
                parameters.clone(),
                Arrays.stream(runningAverages)
                        .map(a -> Optional.ofNullable(a).map(float[]::clone))
                        .toList());
    }

    /** Puts everything back as it was. */
    void restore(Snapshot snapshot) {
        System.arraycopy(snapshot.parameters, 0, parameters, 0, parameters.length);
        for (int t = 0; t < runningAverages.length; t++) {
            float[] target = runningAverages[t];
            snapshot.averages.get(t).ifPresent(saved -> System.arraycopy(saved, 0, target, 0, saved.length));
        }
    }

    /** What training had reached at one moment. */
    static final class Snapshot {
        private final float[] parameters;
        private final List<Optional<float[]>> averages;

        private Snapshot(float[] parameters, List<Optional<float[]>> averages) {
            this.parameters = parameters;
            this.averages = averages;
        }
    }

    /** The graph with the constants as they are now. */
    Graph trainedGraph() {
        List<Tensor> tensors = new ArrayList<>();
        for (int t = 0; t < values.length; t++) {
            Tensor tensor = graph.tensor(t);
            int elements = tensor.shape().elements();
            if (constantOffsets[t] >= 0) {
                int from = constantOffsets[t];
                tensors.add(withData(tensor, Arrays.copyOfRange(parameters, from, from + elements)));
            } else if (runningAverages[t] != null) {
                tensors.add(withData(tensor, Arrays.copyOf(runningAverages[t], elements)));
            } else {
                tensors.add(tensor);
            }
        }
        return new Graph(tensors, graph.nodes(), graph.inputs(), graph.outputs(), graph.metadata());
    }

    private static Tensor withData(Tensor tensor, float[] data) {
        return Tensor.constant(tensor.name(), tensor.shape(), tensor.quantization(), TensorData.of(data));
    }
}
