package org.tinytune.tflite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.tensorflow.lite.schema.Buffer;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.Conv2DOptions;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.Operator;
import org.tensorflow.lite.schema.Padding;
import org.tensorflow.lite.schema.SubGraph;
import org.tensorflow.lite.schema.Tensor;
import org.tensorflow.lite.schema.TensorType;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.conv2d.Conv2d;
import org.tinytune.core.op.conv2d.Conv2dParams;
import org.tinytune.core.op.reshape.Reshape;
import org.tinytune.core.op.reshape.ReshapeParams;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;

/** Looks at a file through the generated classes, as a third party does. */
class TfliteWriterTest {
    private static final int INPUT = 0;
    private static final int WEIGHTS = 1;
    private static final int BIAS = 2;

    private final ByteBuffer file =
            ByteBuffer.wrap(TfliteWriter.write(convolution())).order(ByteOrder.LITTLE_ENDIAN);
    private final Model model = Model.getRootAsModel(file);
    private final SubGraph subgraph = model.subgraphs(0);

    /** A convolution with two channels of output and strides 2 and 3, then a reshape. */
    private static Graph convolution() {
        GraphBuilder builder = new GraphBuilder();
        int input = builder.input("x", Shape.of(1, 7, 7, 1), ElementType.INT8, Quantization.perTensor(0.5f, -4));
        int weights = builder.constant(
                "w",
                Shape.of(2, 1, 1, 1),
                Quantization.perChannel(new float[] {0.25f, 0.125f}, 0),
                TensorData.of(new byte[] {-127, 5}));
        int bias = builder.constant(
                "b", Shape.of(2), Quantization.perChannel(new float[] {0.125f, 0.0625f}, 0), TensorData.of(new int[] {
                    1 << 24, -2
                }));
        Conv2dParams params = new Conv2dParams(2, 3, 1, 1, org.tinytune.core.op.Padding.VALID, Activation.RELU6);
        Quantization output = Quantization.perTensor(0.03f, 7);
        int conv = builder.node("y", ElementType.INT8, output, Conv2d.INSTANCE, params, input, weights, bias);
        Shape flat = Shape.of(1, builder.tensor(conv).shape().elements());
        int reshaped = builder.node("z", ElementType.INT8, output, Reshape.INSTANCE, new ReshapeParams(flat), conv);
        return builder.output(reshaped).build();
    }

    @Test
    void namesTheSchemaAndItsVersion() {
        assertThat(Model.ModelBufferHasIdentifier(file)).isTrue();
        assertThat(model.version()).isEqualTo(3);
        assertThat(model.subgraphsLength()).isEqualTo(1);
        assertThat(subgraph.name()).isEqualTo("main");
    }

    @Test
    void namesTheLowestOperatorVersions() {
        assertThat(model.operatorCodesLength()).isEqualTo(2);
        assertThat(model.operatorCodes(0).builtinCode()).isEqualTo(BuiltinOperator.CONV_2D);
        assertThat(model.operatorCodes(0).deprecatedBuiltinCode()).isEqualTo((byte) BuiltinOperator.CONV_2D);
        assertThat(model.operatorCodes(0).version()).isEqualTo(3);
        assertThat(model.operatorCodes(1).version()).isEqualTo(1);
    }

    @Test
    void writesOptionsByTheirFields() {
        Operator node = subgraph.operators(0);
        Conv2DOptions options = (Conv2DOptions) node.builtinOptions(new Conv2DOptions());
        assertThat(options.strideH()).isEqualTo(2);
        assertThat(options.strideW()).isEqualTo(3);
        assertThat(options.padding()).isEqualTo(Padding.VALID);
        assertThat(options.fusedActivationFunction()).isEqualTo((byte) 3);
        assertThat(options.dilationHFactor()).isEqualTo(1);
    }

    @Test
    void writesTensorsInTheGraphsOrder() {
        Tensor weights = subgraph.tensors(WEIGHTS);
        assertThat(weights.name()).isEqualTo("w");
        assertThat(weights.type()).isEqualTo(TensorType.INT8);
        assertThat(weights.shapeVector().length()).isEqualTo(4);
        assertThat(weights.quantization().scale(1)).isEqualTo(0.125f);
        assertThat(weights.quantization().zeroPoint(1)).isZero();
        ByteBuffer data = model.buffers((int) subgraph.tensors(BIAS).buffer()).dataAsByteBuffer();
        assertThat(data.order(ByteOrder.LITTLE_ENDIAN).getInt()).isEqualTo(1 << 24);
    }

    @Test
    void biasOfEachChannelLiesAlongAxis0() {
        assertThat(subgraph.tensors(BIAS).quantization().scaleLength()).isEqualTo(2);
        assertThat(subgraph.tensors(BIAS).quantization().quantizedDimension()).isZero();
    }

    @Test
    void activationsHaveNoDataAtAll() {
        assertThat(subgraph.tensors(INPUT).buffer()).isZero();
        assertThat(model.buffers(0).dataVector()).isNull();
    }

    @Test
    void constantsAreAlignedTo16Bytes() {
        for (int i = 1; i < model.buffersLength(); i++) {
            Buffer buffer = model.buffers(i);
            assertThat(buffer.dataAsByteBuffer().position() % 16)
                    .as("buffer %d", i)
                    .isZero();
        }
    }

    @Test
    void shapesBecomeConstantsBehindTheGraphsTensors() {
        Operator reshape = subgraph.operators(1);
        assertThat(reshape.inputsLength()).isEqualTo(2);
        Tensor shape = subgraph.tensors(reshape.inputs(1));
        assertThat(reshape.inputs(1)).isEqualTo(5);
        assertThat(shape.name()).isEqualTo("z/shape");
        assertThat(shape.type()).isEqualTo(TensorType.INT32);
    }
}
