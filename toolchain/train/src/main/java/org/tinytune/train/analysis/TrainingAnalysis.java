package org.tinytune.train.analysis;

import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.train.network.NetworkOptions.Arithmetic;
import org.tinytune.train.quantize.Calibration;
import org.tinytune.train.quantize.ClampFusion;
import org.tinytune.train.quantize.Dequantization;
import org.tinytune.train.quantize.Folding;
import org.tinytune.train.quantize.QatGraph;

/**
 * Measures a network in training on this machine, operator by operator. What it learns is of no concern: inputs and
 * gradients of the outputs are random, and the weights stay as they are.
 *
 * <p>The network is the one that is left when batch norm is folded and clamps are fused, so that both arithmetics and
 * the model's file have the same nodes, but for those that fusing takes away.
 *
 * <p>Checked by: TrainingAnalysisTest.
 */
public final class TrainingAnalysis {
    private final Graph real;
    private final Graph quantized;
    private final int steps;

    private TrainingAnalysis(Graph real, Graph quantized, int steps) {
        this.real = real;
        this.quantized = quantized;
        this.steps = steps;
    }

    /**
     * Of an int8 or float model. With states, a sample is a sequence of as many steps as its metadata say.
     *
     * @throws InvalidModelException if it cannot be trained, or its metadata say nothing that makes sense
     */
    public static TrainingAnalysis of(Graph model) {
        Graph real = Folding.fold(ClampFusion.fuse(Dequantization.of(model)));
        int steps = model.hasState() ? model.metadata().steps() : 1;
        return new TrainingAnalysis(real, QatGraph.quantizeActivations(real, Calibration.guess(real)), steps);
    }

    /** The steps of a sample; 1 of a network without states. */
    public int steps() {
        return steps;
    }

    /** The network whose nodes are measured. */
    public Graph graph() {
        return real;
    }

    /**
     * Measures a step.
     *
     * @param batch samples, 1 or more
     * @param threads that share it, 1 or more
     * @throws InvalidModelException if it cannot be trained
     * @throws TinytuneException with {@link ExitCode#USAGE} if no array holds a tensor of that many samples
     */
    public StepAnalysis measure(Arithmetic arithmetic, int batch, int threads, Effort effort) {
        requireRoom(batch);
        Graph graph = arithmetic == Arithmetic.FLOAT32 ? real : quantized;
        try (StepMeter meter = new StepMeter(graph, arithmetic, batch, steps, threads)) {
            return meter.measure(effort);
        }
    }

    /**
     * Checks the size of a batch before anything is measured.
     *
     * @throws TinytuneException with {@link ExitCode#USAGE} if no array holds a tensor of that many samples
     */
    public void requireRoom(int batch) {
        long most = real.tensors().stream()
                .mapToLong(tensor -> tensor.shape().elements())
                .max()
                .orElseThrow();
        if (most * steps * batch > Integer.MAX_VALUE / 2) {
            throw new TinytuneException(
                    ExitCode.USAGE,
                    "batch " + batch + ": a tensor of so many samples would be too large (give at most "
                            + Integer.MAX_VALUE / 2 / (most * steps) + ")");
        }
    }
}
