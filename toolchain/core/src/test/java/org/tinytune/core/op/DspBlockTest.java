package org.tinytune.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.dsp.MelScale;
import org.tinytune.core.dsp.Window;
import org.tinytune.core.graph.Cost;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.mfcc.Mfcc;
import org.tinytune.core.op.mfcc.MfccParams;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.testing.RandomBlocks;

/** What the blocks before a network owe beside what {@link OperatorContractTest} asks of all. */
class DspBlockTest {
    private static final Frames FRAMES = new Frames(640, 320);
    private static final SpectrumParams SPECTRUM = new SpectrumParams(FRAMES, 1024, Window.HANN, 0, -100);
    private static final MelParams MEL = new MelParams(SPECTRUM, 16_000, MelScale.SLANEY, 40, 20, 4000);

    static List<DspBlock<?>> blocks() {
        return Operators.DSP_BLOCKS.stream()
                .filter(block -> block instanceof FrameOperator<?>)
                .toList();
    }

    @Test
    void namesAreUniqueSortedAndNotThoseOfANetworksOperators() {
        List<DspBlock<?>> all = Operators.DSP_BLOCKS;
        assertThat(all).extracting(Operator::name).doesNotHaveDuplicates().isSorted();
        assertThat(all)
                .allSatisfy(block -> assertThat(Operators.byName(block.name())).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void aNodeCostsWhatItReadsAndWrites(Operator<?> block) {
        Graph graph = RandomBlocks.single(block, 1);
        Cost cost = graph.cost(graph.nodes().get(0));
        assertThat(cost.bytesRead()).isEqualTo(graph.input().bytes());
        assertThat(cost.bytesWritten()).isEqualTo(graph.output().bytes());
        assertThat(cost.macs()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void tfliteKnowsNone(Operator<?> block) {
        Graph graph = RandomBlocks.single(block, 1);
        assertThatThrownBy(() -> version(graph.nodes().get(0), graph))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("TFLite has no integer " + block.name());
    }

    private static <P extends Record> int version(Node<P> node, Graph graph) {
        return node.operator().tflite().version(node.params(), graph.operands(node));
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void nothingButSamplesOfInt16IsTaken(Operator<?> block) {
        Graph graph = RandomBlocks.single(block, 1);
        Operands operands = graph.operands(graph.nodes().get(0));
        Shape shape = operands.input(0).shape();
        Quantization scale = Quantization.perTensor(3, 0);
        for (ElementType type : List.of(ElementType.INT8, ElementType.FLOAT32)) {
            Tensor other = Tensor.activation("other", shape, type, scale);
            assertThatThrownBy(() -> prepare(graph.nodes().get(0), new Operands(List.of(other), operands.outputs())))
                    .isInstanceOf(InvalidModelException.class)
                    .hasMessageContaining("'other' is " + type);
        }
        Tensor rescaled = Tensor.activation("rescaled", operands.output().shape(), ElementType.INT16, scale);
        assertThatThrownBy(() -> prepare(graph.nodes().get(0), new Operands(operands.inputs(), List.of(rescaled))))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("'rescaled'")
                .hasMessageContaining(block.name() + " of int16 gives");
    }

    private static <P extends Record> void prepare(Node<P> node, Operands operands) {
        node.operator().kernel(node.params(), operands);
    }

    @Test
    void aSecondOfSpeechIs49FramesOf10Coefficients() {
        Mfcc mfcc = Mfcc.INSTANCE;
        MfccParams params = new MfccParams(MEL, 10);
        assertThat(mfcc.inferShape(params, List.of(Shape.of(1, 16_000, 1, 1)))).isEqualTo(Shape.of(1, 49, 10, 1));
        assertThat(mfcc.rowWindow(params, List.of(Shape.of(1, 16_000, 1, 1))).first(48))
                .isEqualTo(48 * 320);
        assertThatThrownBy(() -> mfcc.inferShape(params, List.of(Shape.of(1, 639, 1, 1))))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("a frame of 640 samples is longer than the 639 of the readings");
        assertThatThrownBy(() -> mfcc.inferShape(params, List.of(Shape.of(1, 1, 16_000, 1))))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("[1, samples, 1, channels]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1000 | 0     | -100 | the FFT's length is 1000, not a power of two from 16 to 2048
            512  | 0     | -100 | a frame of 640 samples is longer than the FFT of 512
            1024 | -1    | -100 | pre-emphasis is -1, not in [0, 32767]
            1024 | 32768 | -100 | pre-emphasis is 32768, not in [0, 32767]
            1024 | 0     | 0    | the noise floor is 0 dB, not in [-120, -1]
            1024 | 0     | -121 | the noise floor is -121 dB, not in [-120, -1]
            """)
    void spectraThatCannotBeAreRefused(int fftLength, int preEmphasis, int floor, String message) {
        assertThatThrownBy(() -> new SpectrumParams(FRAMES, fftLength, Window.HANN, preEmphasis, floor))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0     | 40  | 0    | 4000 | the sample rate is 0 Hz
            16000 | 0   | 0    | 4000 | there are 0 bands, not 1 to 128
            16000 | 129 | 0    | 4000 | there are 129 bands, not 1 to 128
            16000 | 40  | -1   | 4000 | bands from -1 to 4000 Hz, of 0 to 8000
            16000 | 40  | 4000 | 4000 | bands from 4000 to 4000 Hz, of 0 to 8000
            16000 | 40  | 0    | 8001 | bands from 0 to 8001 Hz, of 0 to 8000
            16000 | 128 | 0    | 1000 | band 0 of 128 lies between two bins of an FFT of 1024: use fewer bands or a longer FFT
            """)
    void bandsThatCannotBeAreRefused(int rate, int bands, int low, int high, String message) {
        assertThatThrownBy(() -> new MelParams(SPECTRUM, rate, MelScale.HTK, bands, low, high))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage(message);
    }

    @Test
    void coefficientsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> new MfccParams(MEL, 41))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("41 coefficients of 40 bands");
        assertThatThrownBy(() -> new MfccParams(MEL, 0)).isInstanceOf(InvalidModelException.class);
    }
}
