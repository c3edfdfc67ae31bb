package org.tinytune.train;

import java.util.ArrayList;
import java.util.List;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.sim.Simulator;
import org.tinytune.data.Samples;
import org.tinytune.train.loss.Loss;

/**
 * What an INT8 classifier that ends in a softmax scores in the simulator.
 *
 * @param predictions greatest probability of each sample
 * @param accuracy share of hits
 * @param loss mean over the samples, of the dequantized logits
 */
record SimulatedScore(List<Integer> predictions, double accuracy, double loss) {

    static SimulatedScore of(Graph int8, Samples samples, Loss loss) {
        Simulator simulator = Simulator.of(int8);
        int logits = int8.nodes().get(int8.nodes().size() - 1).inputs().get(0);
        Quantization input = int8.input().quantization();
        int channels = int8.input().shape().dim(-1);
        List<Integer> predictions = new ArrayList<>();
        double[] sums = new double[2];
        for (int n = 0; n < samples.size(); n++) {
            float[] raw = new float[samples.shape().elements()];
            samples.read(n, raw, 0);
            byte[] bytes = new byte[raw.length];
            for (int i = 0; i < raw.length; i++) {
                bytes[i] = input.quantizeInt8(int8.metadata().encoding().encode(raw[i], i % channels));
            }
            int target = samples.target(n);
            byte[] output = simulator.runSample(bytes, (node, tensor, computed) -> {
                if (tensor == logits) {
                    sums[1] += loss(loss, computed, int8.tensor(tensor).quantization(), target);
                }
            });
            predictions.add(greatest(output));
            sums[0] += greatest(output) == target ? 1 : 0;
        }
        return new SimulatedScore(predictions, sums[0] / samples.size(), sums[1] / samples.size());
    }

    private static double loss(Loss loss, byte[] logits, Quantization quantization, int target) {
        float[] reals = new float[logits.length];
        for (int i = 0; i < reals.length; i++) {
            reals[i] = (logits[i] - quantization.zeroPoint()) * quantization.scale();
        }
        float[] targets = new float[logits.length];
        targets[target] = 1;
        return loss.compute(reals, 0, targets, 0, logits.length, 1, new float[logits.length], 0);
    }

    private static int greatest(byte[] values) {
        int greatest = 0;
        for (int i = 1; i < values.length; i++) {
            greatest = values[i] > values[greatest] ? i : greatest;
        }
        return greatest;
    }
}
