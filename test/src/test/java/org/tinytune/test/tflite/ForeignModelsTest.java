package org.tinytune.test.tflite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.sim.SimulationObserver;
import org.tinytune.core.sim.Simulator;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Elements;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.testing.RandomGraphs;
import org.tinytune.tflite.FileNode;
import org.tinytune.tflite.TfliteReader;
import org.tinytune.tflite.TfliteWriter;

/** Files as other converters write them: read as graphs, which compute what the interpreter makes of the files. */
class ForeignModelsTest {
    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    /** Of networks that the interpreter can run, and whose options the older schema that rewrites them knows. */
    static LongStream seedsOfInt16() {
        return LongStream.range(0, 60).filter(seed -> {
            Graph graph = RandomGraphs.int16Network(seed);
            boolean hasBiasType = graph.tensors().stream().anyMatch(t -> t.type() == ElementType.INT32);
            return Differential.isKnown(graph) && !hasBiasType;
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void floatsAtTheEndsAreTheQuantizationOfInt8(long seed) {
        Graph original = RandomGraphs.foreignNetwork(seed);
        byte[] file = ForeignFiles.withFloatEnds(original);
        Graph read = assertReadAs(original, file, seed);

        SplittableRandom random = new SplittableRandom(seed);
        List<byte[]> floats = new ArrayList<>();
        List<byte[]> bytes = new ArrayList<>();
        for (int i : read.inputs()) {
            float[] reals = reals(read.tensor(i), random);
            floats.add(littleEndian(reals));
            bytes.add(quantized(reals, read.tensor(i)));
        }
        List<byte[]> outputs = Simulator.of(read).run(bytes, SimulationObserver.NONE);
        List<byte[]> expected = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            expected.add(dequantized(outputs.get(i), read.tensor(read.outputs().get(i))));
        }
        assertReferenceGives(file, floats, expected, seed);
    }

    @ParameterizedTest
    @MethodSource("seedsOfInt16")
    void floatsAtTheEndsAreTheQuantizationOfInt16(long seed) {
        Graph original = RandomGraphs.int16Network(seed);
        byte[] file = ForeignFiles.withFloatEnds(original);
        Graph read = assertReadAs(original, file, seed);

        float[] reals = reals(read.input(), new SplittableRandom(seed));
        byte[] input = quantized(reals, read.input());
        List<byte[]> outputs = Simulator.of(read).run(List.of(input), SimulationObserver.NONE);
        List<byte[]> expected = List.of(dequantized(outputs.get(0), read.output()));
        assertReferenceGives(file, List.of(littleEndian(reals)), expected, seed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void uint8AtTheEndsIsInt8Above128(long seed) {
        Graph original = RandomGraphs.foreignNetwork(seed);
        byte[] file = ForeignFiles.withUint8Ends(original);
        Graph read = assertReadAs(original, file, seed);

        List<byte[]> inputs = RandomGraphs.inputs(read, seed);
        List<byte[]> outputs = Simulator.of(read).run(inputs, SimulationObserver.NONE);
        assertReferenceGives(file, moved(inputs), moved(outputs), seed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void splitIsASliceForEachOutput(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] dims = {1, random.nextInt(1, 5), random.nextInt(1, 5), random.nextInt(1, 5)};
        int axis = random.nextInt(1, 4);
        int size = dims[axis];
        int parts = random.nextInt(1, 5);
        dims[axis] = size * parts;
        Graph slices = ForeignFiles.slices(Shape.of(dims), axis, parts);
        byte[] file = ForeignFiles.withSplit(slices, random.nextBoolean() ? axis : axis - 4);
        Graph read = assertReadAs(slices, file, seed);
        assertThat(TfliteReader.readFile("foreign.tflite", file).origins())
                .as("seed %d", seed)
                .hasSize(parts)
                .containsOnly(new FileNode(0, "SPLIT", 2));

        List<byte[]> inputs = RandomGraphs.inputs(read, seed);
        assertReferenceGives(file, inputs, Simulator.of(read).run(inputs, SimulationObserver.NONE), seed);
    }

    /** The graph in the file, which is another file's as well, and comes back from a file of ours. */
    private static Graph assertReadAs(Graph original, byte[] file, long seed) {
        Graph read = TfliteReader.read("foreign.tflite", file);
        assertThat(read.withMetadata(original.metadata())).as("seed %d", seed).isEqualTo(original);
        assertThat(TfliteReader.read("ours.tflite", TfliteWriter.write(read)))
                .as("seed %d", seed)
                .isEqualTo(read);
        return read;
    }

    private static void assertReferenceGives(byte[] file, List<byte[]> inputs, List<byte[]> outputs, long seed) {
        try (ReferenceInterpreter reference = new ReferenceInterpreter(file)) {
            reference.run(inputs);
            for (int i = 0; i < outputs.size(); i++) {
                assertThat(reference.output(i))
                        .as("seed %d, output %d", seed, i)
                        .isEqualTo(outputs.get(i));
            }
        }
    }

    /** Off the middle between two integers, where a quotient in float may be rounded to the other side. */
    private static float[] reals(Tensor tensor, SplittableRandom random) {
        Quantization q = tensor.quantization();
        float[] reals = new float[tensor.shape().elements()];
        for (int i = 0; i < reals.length; i++) {
            double steps = random.nextInt(-140, 140) + random.nextDouble(-0.49, 0.49);
            reals[i] = (float) ((steps - q.zeroPoint()) * q.scale());
        }
        return reals;
    }

    private static byte[] quantized(float[] reals, Tensor tensor) {
        Elements elements = Elements.of(tensor.type());
        byte[] bytes = new byte[tensor.bytes()];
        for (int i = 0; i < reals.length; i++) {
            elements.set(bytes, 0, i, tensor.quantization().quantize(reals[i], elements));
        }
        return bytes;
    }

    private static byte[] dequantized(byte[] bytes, Tensor tensor) {
        Elements elements = Elements.of(tensor.type());
        float[] reals = new float[tensor.shape().elements()];
        for (int i = 0; i < reals.length; i++) {
            reals[i] = (float) tensor.quantization().dequantize(elements.get(bytes, 0, i));
        }
        return littleEndian(reals);
    }

    private static byte[] littleEndian(float[] reals) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * reals.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(reals);
        return bytes.array();
    }

    /** Int8 as the uint8 128 above, which is the same with the highest bit turned. */
    private static List<byte[]> moved(List<byte[]> tensors) {
        List<byte[]> moved = new ArrayList<>();
        for (byte[] tensor : tensors) {
            byte[] bytes = tensor.clone();
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] ^= (byte) 0x80;
            }
            moved.add(bytes);
        }
        return moved;
    }
}
