package org.tinytune.test.tflite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.tinytune.cli.model.SampleEncoder;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.fullyconnected.FullyConnected;
import org.tinytune.core.op.fullyconnected.FullyConnectedParams;
import org.tinytune.core.op.softmax.Softmax;
import org.tinytune.core.op.softmax.SoftmaxParams;
import org.tinytune.core.op.svdf.Svdf;
import org.tinytune.core.op.svdf.SvdfParams;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.sim.Simulator;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;
import org.tinytune.data.Samples;
import org.tinytune.data.ValueRange;
import org.tinytune.tflite.TfliteReader;
import org.tinytune.tflite.TfliteWriter;
import org.tinytune.train.Evaluation;
import org.tinytune.train.Evaluator;
import org.tinytune.train.Trainer;
import org.tinytune.train.TrainingConfig;
import org.tinytune.train.TrainingListener;

/** A recurrent network from training to the interpreter: the same bytes after every step of every sequence. */
class SequenceDifferentialTest {
    private static final int STEPS = 8;
    private static final int FEATURES = 5;

    @Test
    void aTrainedRecurrentNetworkIsWhatTheReferenceInterpreterRuns() {
        Sequences training = Sequences.random(90, 1);
        Sequences test = Sequences.random(40, 2);
        TrainingConfig config = TrainingConfig.standard(4, 3, 16, 0.01, 2);
        Graph int8 = Trainer.fit(network(), training, Optional.of(test), config, 1, TrainingListener.NONE, () -> false)
                .int8Graph();
        byte[] file = TfliteWriter.write(int8);
        Graph read = TfliteReader.read("network.tflite", file);

        assertThat(read).isEqualTo(int8);
        Evaluation evaluation = Evaluator.evaluate(read, test, 2);
        Simulator simulator = Simulator.of(read);
        SampleEncoder encoder = SampleEncoder.of(read);
        assertThat(encoder.sampleShape()).isEqualTo(Shape.of(STEPS, 1, FEATURES));
        try (ReferenceInterpreter reference = new ReferenceInterpreter(file)) {
            for (int n = 0; n < test.size(); n++) {
                byte[] steps = encoder.encode(test, n);
                byte[] last = compare(n, simulator, reference, steps);
                assertThat(simulator.runSample(steps)).isEqualTo(last);
                assertThat(evaluation.predictions().get(n)).isEqualTo(last[1] > last[0] ? 1 : 0);
            }
        }
    }

    /** Every tensor after every step; returns the last output. */
    private static byte[] compare(int sample, Simulator simulator, ReferenceInterpreter reference, byte[] steps) {
        simulator.reset();
        byte[] output = new byte[0];
        for (int step = 0; step < STEPS; step++) {
            int at = step;
            List<byte[]> input = List.of(Arrays.copyOfRange(steps, step * FEATURES, (step + 1) * FEATURES));
            if (step == 0) {
                reference.run(input);
            } else {
                reference.runOn(input);
            }
            output = simulator
                    .run(
                            input,
                            (node, tensor, bytes) -> assertThat(bytes)
                                    .as("sample %d, step %d, node %d", sample, at, node)
                                    .isEqualTo(reference.tensor(tensor)))
                    .get(0);
        }
        return output;
    }

    private static Graph network() {
        GraphBuilder builder = new GraphBuilder();
        int input = builder.input("input", Shape.of(1, FEATURES), ElementType.FLOAT32, Quantization.NONE);
        int first = svdf(builder, "first", input, 6, new SvdfParams(1, Activation.RELU), 4);
        int second = svdf(builder, "second", first, 4, new SvdfParams(2, Activation.NONE), 3);
        int logits = builder.node(
                "logits",
                ElementType.FLOAT32,
                Quantization.NONE,
                FullyConnected.INSTANCE,
                new FullyConnectedParams(Activation.NONE),
                second,
                zeros(builder, "logits/weights", 2, 4),
                zeros(builder, "logits/bias", 2));
        builder.output(builder.node(
                "probabilities",
                ElementType.FLOAT32,
                Quantization.NONE,
                Softmax.INSTANCE,
                new SoftmaxParams(1),
                logits));
        InputEncoding encoding = new InputEncoding(List.of(0f), List.of(2f), -1, 3);
        return builder.metadata(new Metadata("orders", "", List.of("a", "b"), encoding, new TreeMap<>(Map.of())))
                .build();
    }

    private static int svdf(GraphBuilder builder, String name, int input, int units, SvdfParams params, int memory) {
        int inputs = builder.tensor(input).shape().elements();
        int filters = units * params.rank();
        Shape state = Shape.of(1, filters * memory);
        return builder.node(
                name,
                ElementType.FLOAT32,
                Quantization.NONE,
                Svdf.INSTANCE,
                params,
                input,
                zeros(builder, name + "/feature", filters, inputs),
                zeros(builder, name + "/time", filters, memory),
                zeros(builder, name + "/bias", units),
                builder.tensor(Tensor.state(name + "/state", state, ElementType.FLOAT32, Quantization.NONE)));
    }

    private static int zeros(GraphBuilder builder, String name, int... dims) {
        Shape shape = Shape.of(dims);
        return builder.constant(name, shape, Quantization.NONE, TensorData.of(new float[shape.elements()]));
    }

    /** Noise in which the class makes values rise or fall over time. */
    private record Sequences(List<float[]> values) implements Samples {
        static Sequences random(int count, long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            List<float[]> values = new ArrayList<>();
            for (int n = 0; n < count; n++) {
                float[] sequence = new float[STEPS * FEATURES];
                for (int i = 0; i < sequence.length; i++) {
                    int step = i / FEATURES;
                    double trend = (n % 2 == 0 ? step : STEPS - 1 - step) / (STEPS - 1.0);
                    sequence[i] = (float) (2 * trend + random.nextDouble(-1, 1));
                }
                values.add(sequence);
            }
            return new Sequences(values);
        }

        @Override
        public Shape shape() {
            return Shape.of(STEPS, FEATURES);
        }

        @Override
        public List<String> labels() {
            return List.of("a", "b");
        }

        @Override
        public Optional<ValueRange> declaredRange() {
            return Optional.empty();
        }

        @Override
        public int size() {
            return values.size();
        }

        @Override
        public int target(int i) {
            return i % 2;
        }

        @Override
        public int index(int i) {
            return i;
        }

        @Override
        public void read(int i, float[] into, int offset) {
            System.arraycopy(values.get(i), 0, into, offset, STEPS * FEATURES);
        }
    }
}
