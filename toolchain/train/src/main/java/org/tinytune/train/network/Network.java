package org.tinytune.train.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.tinytune.core.cost.Work;
import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.TensorData;
import org.tinytune.core.vector.VectorMath;
import org.tinytune.train.network.NetworkBuffers.Addition;
import org.tinytune.train.network.NetworkOptions.Arithmetic;
import org.tinytune.train.network.Parameters.Slice;

/**
 * A graph that runs batches, forward and backward. Nothing is allocated in a step.
 *
 * <p>Serves one caller at a time. A tensor holds its samples one behind the other; in int8 arithmetic it holds
 * integers, while gradients are those of real values. If samples are sequences, it holds their steps likewise.
 */
public final class Network implements AutoCloseable {
    private static final int RANGE = 4096;

    private final Graph original;
    private final NetworkOptions options;
    private final NetworkBuffers buffers;
    private final Parameters parameters;
    private final List<TrainingKernel> kernels = new ArrayList<>();
    private final LearnedQuantization quantization;
    private final WeightScales scales;
    private final List<TimedTasks> timed = new ArrayList<>();
    private final Runnable[] loads;
    private final Shard[] shards;
    private final float[][] scratch;
    private final Workers workers;
    private final ThreadChoice choice;
    private final List<ParameterRange> ranges;

    /** The same, as threads take them. */
    private final List<ParameterRange> updateOrder;

    private final Workers.UnitTask loadKernel = (unit, worker) -> loadKernel(unit);
    private final Workers.UnitTask updateRange = (unit, worker) -> updateRange(unit);
    private final Workers.UnitTask prepareKernel = (unit, worker) -> prepareKernel(unit);
    private final Workers.UnitTask sumRange = (unit, worker) -> sumRange(unit);
    private final Workers.UnitTask settleKernel = (unit, worker) -> settleKernel(unit);

    private Graph graph;
    private List<Stage> inference;
    private List<Stage> training;
    private int samples;
    private ShardTask inputTask = ShardTask.NONE;
    private ShardTask outputTask = ShardTask.NONE;
    private ParameterUpdate update = (range, pass) -> {};
    private int pass;
    private volatile boolean areFinite;

    /**
     * Plans the buffers and prepares the kernels.
     *
     * @throws InvalidModelException naming the first node that cannot be run so
     */
    public Network(Graph graph, NetworkOptions options) {
        this(graph, options, Optional.empty());
    }

    /**
     * The same, under observation.
     *
     * @param timer told how long the nodes take; without one no clock is read
     * @throws InvalidModelException naming the first node that cannot be run so
     */
    public Network(Graph graph, NetworkOptions options, Optional<NodeTimer> timer) {
        this.original = graph;
        this.graph = graph;
        this.options = options;
        this.buffers = new NetworkBuffers(graph, options);
        this.parameters = buffers.parameters();
        this.scales = buffers.scales();
        int floats = VectorMath.SLACK;
        for (int n = 0; n < graph.nodes().size(); n++) {
            TrainingKernel kernel = prepare(graph.nodes().get(n), buffers.node(n));
            floats = Math.max(floats, kernel.scratch() + VectorMath.SLACK);
            kernels.add(kernel);
            timed.add(new TimedTasks(timer, n));
        }
        this.quantization = new LearnedQuantization(graph, options, buffers);
        this.loads = new Runnable[kernels.size()];
        this.shards = new Shard[options.shards()];
        for (int s = 0; s < shards.length; s++) {
            shards[s] = new Shard(s);
        }
        this.scratch = new float[options.threads()][floats];
        this.workers = new Workers(options.threads());
        this.choice = new ThreadChoice(options.threads(), System::nanoTime);
        this.ranges = ranges(parameters);
        this.updateOrder = updateOrder(ranges, parameters.trained());
        planStages();
    }

    private void planStages() {
        Arrays.setAll(loads, n -> timed.get(n).once(Pass.FORWARD, kernels.get(n)::load));
        inference = inferenceStages();
        training = options.training() ? trainingStages() : List.of();
    }

    private <P extends Record> TrainingKernel prepare(Node<P> node, NodeBuffers of) {
        Operands operands = graph.operands(node);
        Operator<P> operator = node.operator();
        return options.arithmetic() == Arithmetic.FLOAT32
                ? operator.float32().prepare(node.params(), operands, of)
                : operator.qat().prepare(node.params(), operands, of);
    }

    private static List<ParameterRange> ranges(Parameters parameters) {
        List<ParameterRange> ranges = new ArrayList<>();
        List<Slice> slices = parameters.trained();
        for (int s = 0; s < slices.size(); s++) {
            Slice slice = slices.get(s);
            int end = slice.offset() + slice.length();
            for (int begin = slice.offset(); begin < end; begin += RANGE) {
                int index = ranges.size();
                ranges.add(new ParameterRange(index, s, begin, Math.min(end, begin + RANGE), slice.weights()));
            }
        }
        return List.copyOf(ranges);
    }

    /**
     * By how far down its slice a range begins: so a thread updates about the weights that it computes with, since the
     * outputs of a layer are divided in the same way, and what it needs stays in the cache of its core.
     */
    private static List<ParameterRange> updateOrder(List<ParameterRange> ranges, List<Slice> slices) {
        return ranges.stream()
                .sorted(Comparator.comparingDouble(range -> {
                    Slice slice = slices.get(range.tensor());
                    return (double) (range.begin() - slice.offset()) / slice.length();
                }))
                .toList();
    }

    private List<Stage> inferenceStages() {
        Stage.Builder stages = new Stage.Builder(this);
        stages.task(shard -> inputTask.run(shard));
        for (int n = 0; n < kernels.size(); n++) {
            stages.forward(kernels.get(n), timed.get(n), false);
        }
        return stages.task(shard -> outputTask.run(shard)).build();
    }

    private List<Stage> trainingStages() {
        Stage.Builder stages = new Stage.Builder(this);
        stages.task(shard -> inputTask.run(shard));
        for (int n = 0; n < kernels.size(); n++) {
            if (buffers.flow().takesPart(n)) {
                stages.forward(kernels.get(n), timed.get(n), true);
            }
        }
        stages.task(shard -> outputTask.run(shard));
        for (int n = kernels.size() - 1; n >= 0; n--) {
            if (runsBackward(n)) {
                int output = graph.nodes().get(n).output();
                if (quantization.isLearned(output)) {
                    stages.task(timed.get(n).shard(Pass.BACKWARD, shard -> quantization.addGradient(output, shard)));
                }
                stages.backward(kernels.get(n), timed.get(n), buffers.additions(n));
            }
        }
        return stages.build();
    }

    private boolean runsBackward(int node) {
        return buffers.node(node).outputGradient() != null && buffers.flow().takesPart(node);
    }

    /**
     * What a node has to do in a step of training.
     *
     * @param node index in the graph
     * @param batch number of samples
     */
    public Work work(int node, Pass pass, int batch) {
        boolean runs = pass == Pass.FORWARD ? buffers.flow().takesPart(node) : runsBackward(node);
        if (!runs) {
            return Work.NONE;
        }
        int steps = Math.multiplyExact(batch, options.steps());
        NodeWork work = new NodeWork(graph, graph.nodes().get(node), buffers.node(node), steps);
        return pass == Pass.FORWARD ? work.forward() : work.backward();
    }

    /** The graph as it was given; {@link #trainedGraph} is the one that training has made of it. */
    public Graph graph() {
        return original;
    }

    /** The quantization of a tensor, in the batch at hand. */
    public Quantization quantization(int tensor) {
        return graph.tensor(tensor).quantization();
    }

    /** From now on, the quantization of activations stays as it is. */
    public void freezeRanges() {
        quantization.freeze();
    }

    /** From now on, the scales of weights that are learned stay as they are. */
    public void freezeScales() {
        scales.freeze();
    }

    /** What training changes. */
    public Parameters parameters() {
        return parameters;
    }

    /** What an optimizer works on; only of a network that is trained. */
    public ParameterArrays parameterArrays() {
        return new ParameterArrays(parameters.values(), parameters.gradient(), ranges, options.math());
    }

    /** The loops that it computes with. */
    public VectorMath math() {
        return options.math();
    }

    /** Samples of the largest batch. */
    public int maxSamples() {
        return options.maxSamples();
    }

    /** Steps of a sample: entries {@code n · steps} to {@code n · steps + steps - 1} are those of sample n. */
    public int steps() {
        return options.steps();
    }

    /** Elements of a tensor for each entry: all of it, or of a state what a step adds. */
    public int elements(int tensor) {
        return buffers.elements(tensor);
    }

    /** Entries of the batch at hand: the steps of all samples. */
    int entries() {
        return samples * options.steps();
    }

    /** Number of shards. */
    public int shards() {
        return shards.length;
    }

    /** Threads that share the work. */
    public int threads() {
        return workers.threads();
    }

    /** Index of the tensor that a loss looks at. */
    public int logits() {
        return buffers.flow().logits();
    }

    /** The values of a tensor, in the batch at hand. */
    public FloatSpan values(int tensor) {
        return buffers.value(tensor);
    }

    /** The gradient of a tensor, in the batch at hand; {@code null} if it has none. */
    public FloatSpan gradient(int tensor) {
        return buffers.gradient(tensor);
    }

    /**
     * Runs a batch forward, as it will be once training is over.
     *
     * @param batch number of samples, at most the largest
     * @param input fills the input of every shard
     * @param output looks at the outputs of every shard
     */
    public void infer(int batch, ShardTask input, ShardTask output) {
        workers.use(choice.chosen());
        begin(batch, false, 0, input, output);
        run(inference);
    }

    /**
     * Runs a batch forward and backward.
     *
     * @param batch number of samples, at most the largest
     * @param stream names the random streams of this step
     * @param input fills the input of every shard
     * @param loss fills the gradient of the logits of every shard
     * @param parameterUpdate is given every range of the parameters, from several threads; gradients are 0 afterwards
     * @return whether all parameters are finite numbers still
     */
    public boolean train(int batch, long stream, ShardTask input, ShardTask loss, ParameterUpdate parameterUpdate) {
        workers.use(choice.begin());
        boolean finite = step(batch, stream, input, loss, parameterUpdate);
        choice.end();
        return finite;
    }

    private boolean step(int batch, long stream, ShardTask input, ShardTask loss, ParameterUpdate parameterUpdate) {
        begin(batch, true, stream, input, loss);
        run(training);
        if (scales.areLearned()) {
            settle();
        }
        update = parameterUpdate;
        areFinite = true;
        for (pass = 0; pass < update.passes(); pass++) {
            update.beginPass(pass);
            workers.run(ranges.size(), updateRange);
        }
        quantization.undoIfFrozen();
        scales.undoIfFrozen();
        return areFinite && parameters.areAveragesFinite(options.math());
    }

    /** Finishes the gradients of scales and of their weights, which are those of sums over all shards. */
    private void settle() {
        workers.run(ranges.size(), sumRange);
        workers.run(kernels.size(), settleKernel);
        scales.finishGradients();
    }

    private void begin(int batch, boolean isTraining, long stream, ShardTask input, ShardTask output) {
        if (batch < 1 || batch > options.maxSamples()) {
            throw new IllegalArgumentException(batch + " samples in a network for " + options.maxSamples());
        }
        followRanges();
        scales.follow();
        samples = batch;
        inputTask = input;
        outputTask = output;
        for (Shard shard : shards) {
            shard.begin(shards.length, batch, options.steps(), isTraining, stream);
        }
        workers.run(kernels.size(), loadKernel);
    }

    /**
     * Takes over the quantization that was learned in a step, or that came back with earlier parameters. Kernels derive
     * much from it, so they are prepared anew, which allocates about as much as the weights take.
     */
    private void followRanges() {
        if (quantization.hasChanged()) {
            graph = quantization.apply(original);
            workers.run(kernels.size(), prepareKernel);
            planStages();
        }
    }

    private void prepareKernel(int node) {
        kernels.set(node, prepare(graph.nodes().get(node), buffers.node(node)));
    }

    private void run(List<Stage> stages) {
        for (int i = 0; i < stages.size(); i++) {
            Stage stage = stages.get(i);
            workers.run(stage.units(), stage.task());
            stage.end().run();
        }
    }

    private void loadKernel(int node) {
        loads[node].run();
    }

    /** Does for one shard what there is to be done. */
    void run(int shard, int worker, ShardTask[] tasks) {
        shards[shard].useScratch(scratch[worker]);
        for (ShardTask task : tasks) {
            task.run(shards[shard]);
        }
    }

    /** The scratch of a thread. */
    float[] scratch(int worker) {
        return scratch[worker];
    }

    private void updateRange(int unit) {
        if (pass == 0 && !scales.areLearned()) {
            sumRange(unit);
        }
        ParameterRange range = updateOrder.get(unit);
        update.update(range, pass);
        if (pass == update.passes() - 1) {
            // Now, while all of it is in the cache.
            parameters.clearGradients(range.begin(), range.end());
            if (!parameters.areFinite(options.math(), range.begin(), range.end())) {
                areFinite = false;
            }
        }
    }

    private void sumRange(int unit) {
        ParameterRange range = updateOrder.get(unit);
        parameters.sumGradients(options.math(), range.begin(), range.end());
    }

    private void settleKernel(int node) {
        kernels.get(node).settle();
    }

    /** Adds the gradient that a node has left aside. */
    void add(Shard shard, Addition addition) {
        int begin = shard.begin() * addition.elements();
        options.math()
                .add(
                        addition.to().array(),
                        addition.to().offset() + begin,
                        addition.from().array(),
                        addition.from().offset() + begin,
                        shard.samples() * addition.elements());
    }

    /** The graph with constants and quantization as they are now. */
    public Graph trainedGraph() {
        followRanges();
        scales.follow();
        List<Tensor> tensors = new ArrayList<>();
        for (int t = 0; t < graph.tensors().size(); t++) {
            Tensor tensor = graph.tensor(t);
            Optional<TensorData> data = tensor.isConstant() ? parameters.data(t) : Optional.empty();
            Quantization quantizedBy = scales.quantization(t).orElse(tensor.quantization());
            tensors.add(
                    data.isEmpty() ? tensor : Tensor.constant(tensor.name(), tensor.shape(), quantizedBy, data.get()));
        }
        return new Graph(tensors, graph.nodes(), graph.inputs(), graph.outputs(), graph.metadata());
    }

    /** Ends the threads. */
    @Override
    public void close() {
        workers.close();
    }
}
