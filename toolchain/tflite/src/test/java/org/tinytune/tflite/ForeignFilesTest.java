package org.tinytune.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.ModelT;
import org.tensorflow.lite.schema.QuantizationDetails;
import org.tensorflow.lite.schema.QuantizationParametersT;
import org.tensorflow.lite.schema.SignatureDefT;
import org.tensorflow.lite.schema.SubGraphT;
import org.tensorflow.lite.schema.TensorT;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.testing.RandomGraphs;

/** What the schema allows and other writers make use of. */
class ForeignFilesTest {
    private static final Graph GRAPH = RandomGraphs.network(7);

    /** The numbers of the fields in the table Buffer. */
    private static final int OFFSET = 1;

    private static final int SIZE = 2;

    private static byte[] altered(Consumer<ModelT> alter) {
        ModelT model =
                Model.getRootAsModel(ByteBuffer.wrap(TfliteWriter.write(GRAPH))).unpack();
        alter.accept(model);
        FlatBufferBuilder builder = new FlatBufferBuilder();
        Model.finishModelBuffer(builder, Model.pack(builder, model));
        return builder.sizedByteArray();
    }

    private static Graph read(Consumer<ModelT> alter) {
        return TfliteReader.read("m.tflite", altered(alter));
    }

    private static TensorT[] tensors(ModelT model) {
        return model.getSubgraphs()[0].getTensors();
    }

    @Test
    void shapeSignaturesWithAnOpenBatchAreNoMatter() {
        assertThat(read(model -> {
                    for (TensorT tensor : tensors(model)) {
                        int[] signature = tensor.getShape().clone();
                        if (signature.length > 0) {
                            signature[0] = -1;
                        }
                        tensor.setShapeSignature(signature);
                    }
                }))
                .isEqualTo(GRAPH);
    }

    @Test
    void signaturesAndNamesOfSubgraphsAreNoMatter() {
        assertThat(read(model -> {
                    SignatureDefT signature = new SignatureDefT();
                    signature.setSignatureKey("serving_default");
                    model.setSignatureDefs(new SignatureDefT[] {signature});
                    model.getSubgraphs()[0].setName("serving");
                }))
                .isEqualTo(GRAPH);
    }

    @Test
    void quantizationMayHaveEmptyLists() {
        assertThat(read(model -> {
                    for (TensorT tensor : tensors(model)) {
                        if (tensor.getQuantization() == null) {
                            tensor.setQuantization(new QuantizationParametersT());
                        }
                        QuantizationParametersT quantization = tensor.getQuantization();
                        quantization.setMin(new float[0]);
                        quantization.setMax(new float[0]);
                        if (quantization.getScale() == null) {
                            quantization.setScale(new float[0]);
                            quantization.setZeroPoint(new long[0]);
                        }
                    }
                }))
                .isEqualTo(GRAPH);
    }

    @Test
    void tensorsMayShareABuffer() {
        Graph read = read(model -> {
            TensorT[] all = tensors(model);
            TensorT[] more = Arrays.copyOf(all, all.length + 1);
            TensorT constant = Arrays.stream(all)
                    .filter(t -> t.getBuffer() != 0)
                    .findFirst()
                    .orElseThrow();
            TensorT twin = new TensorT();
            twin.setName("twin");
            twin.setShape(constant.getShape());
            twin.setType(constant.getType());
            twin.setBuffer(constant.getBuffer());
            more[all.length] = twin;
            model.getSubgraphs()[0].setTensors(more);
        });
        assertThat(read.tensor(read.tensors().size() - 1).name()).isEqualTo("twin");
        assertThat(read.nodes()).isEqualTo(GRAPH.nodes());
    }

    @Test
    void customQuantizationIsRefused() {
        assertThatThrownBy(() -> read(model -> {
                    TensorT tensor = tensors(model)[model.getSubgraphs()[0].getInputs()[0]];
                    tensor.getQuantization().getDetails().setType(QuantizationDetails.CustomQuantization);
                    tensor.getQuantization()
                            .getDetails()
                            .setValue(new org.tensorflow.lite.schema.CustomQuantizationT());
                }))
                .isInstanceOf(TinytuneException.class)
                .hasMessageContaining("with custom quantized INT8")
                .hasMessageEndingWith("inputs or outputs of custom quantized INT8 are not supported");
    }

    @Test
    void severalSubgraphsAreRefused() {
        assertThatThrownBy(() -> read(model ->
                        model.setSubgraphs(new SubGraphT[] {model.getSubgraphs()[0], model.getSubgraphs()[0]})))
                .hasMessageContaining("has 2 subgraphs");
    }

    @Test
    void buffersMayLieBehindTheFlatbuffer() {
        byte[] file = moved(TfliteWriter.write(GRAPH), 0);
        assertThat(TfliteReader.read("m.tflite", file)).isEqualTo(GRAPH);
    }

    @Test
    void buffersThatLieOutsideTheFileAreRefused() {
        for (long by : new long[] {1 << 20, 1L << 31, 1L << 32, 1L << 62, Long.MIN_VALUE}) {
            byte[] file = moved(TfliteWriter.write(GRAPH), by);
            assertThatThrownBy(() -> TfliteReader.read("m.tflite", file))
                    .as("%d", by)
                    .isInstanceOf(TinytuneException.class)
                    .hasMessageStartingWith("m.tflite: is cut or damaged: byte ");
        }
    }

    /**
     * The same file with the bytes of all buffers behind it, in the form that a converter gives models above 2 GB.
     *
     * @param by added to what the buffers say of where they lie
     */
    static byte[] moved(byte[] original, long by) {
        Model model = Model.getRootAsModel(ByteBuffer.wrap(original).order(ByteOrder.LITTLE_ENDIAN));
        ModelT unpacked = model.unpack();
        int count = model.buffersLength();
        byte[][] contents = new byte[count][];
        for (int i = 0; i < count; i++) {
            contents[i] = new byte[model.buffers(i).dataLength()];
            for (int k = 0; k < contents[i].length; k++) {
                contents[i][k] = (byte) model.buffers(i).data(k);
            }
        }
        byte[] head = new byte[0];
        // Offsets are known once the length is, which does not depend on them unless they are 0.
        int start = 16;
        for (int pass = 0; pass < 2; pass++) {
            head = head(unpacked, contents, start, by);
            start = (head.length + 15) / 16 * 16;
        }
        byte[] file = Arrays.copyOf(
                head, start + Arrays.stream(contents).mapToInt(c -> c.length).sum());
        for (byte[] content : contents) {
            System.arraycopy(content, 0, file, start, content.length);
            start += content.length;
        }
        return file;
    }

    private static byte[] head(ModelT model, byte[][] contents, int start, long by) {
        FlatBufferBuilder builder = new FlatBufferBuilder();
        int[] buffers = new int[contents.length];
        long at = start;
        for (int i = 0; i < buffers.length; i++) {
            builder.startTable(SIZE + 1);
            if (contents[i].length > 0) {
                builder.addLong(OFFSET, at + by, 0);
                builder.addLong(SIZE, contents[i].length, 0);
            }
            buffers[i] = builder.endTable();
            at += contents[i].length;
        }
        int vector = Model.createBuffersVector(builder, buffers);
        int[] codes = Arrays.stream(model.getOperatorCodes())
                .mapToInt(c -> org.tensorflow.lite.schema.OperatorCode.pack(builder, c))
                .toArray();
        int codeVector = Model.createOperatorCodesVector(builder, codes);
        int[] subgraphs = {org.tensorflow.lite.schema.SubGraph.pack(builder, model.getSubgraphs()[0])};
        int subgraphVector = Model.createSubgraphsVector(builder, subgraphs);
        int[] metadata = {org.tensorflow.lite.schema.Metadata.pack(builder, model.getMetadata()[0])};
        int metadataVector = Model.createMetadataVector(builder, metadata);
        Model.finishModelBuffer(
                builder, Model.createModel(builder, 3, codeVector, subgraphVector, 0, vector, 0, metadataVector, 0));
        return builder.sizedByteArray();
    }
}
