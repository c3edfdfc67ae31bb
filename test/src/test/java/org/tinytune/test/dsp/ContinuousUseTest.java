package org.tinytune.test.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tinytune.core.dsp.MelScale;
import org.tinytune.core.dsp.Window;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.Frames;
import org.tinytune.core.op.FrontEnd;
import org.tinytune.core.op.FrontEnd.Stage;
import org.tinytune.core.op.MelParams;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.SpectrumParams;
import org.tinytune.core.op.mfcc.Mfcc;
import org.tinytune.core.op.mfcc.MfccParams;
import org.tinytune.core.op.relu.Relu;
import org.tinytune.core.op.slide.ContinuousGraph;
import org.tinytune.core.op.standardize.Standardize;
import org.tinytune.core.op.standardize.StandardizeParams;
import org.tinytune.core.plan.Planner;
import org.tinytune.core.plan.TargetCosts;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.sim.Simulator;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;
import org.tinytune.core.testing.SharedFolder;

/** Spoken digits behind each other, through a window of half a second that slides over them. */
class ContinuousUseTest {
    private static final int CLIPS = 6;
    private static final int RATE = 8000;
    private static final int WAV_HEADER_BYTES = 44;
    private static final Frames FRAMES = new Frames(256, 160);
    private static final int WINDOW = 4000;
    private static final int COEFFICIENTS = 10;

    /** Its output is the window's features, clamped at 0: a wrong row shows as itself. */
    private static Graph model() {
        SpectrumParams spectrum = new SpectrumParams(FRAMES, 256, Window.HANN, 0, -100);
        MfccParams mfcc = new MfccParams(new MelParams(spectrum, RATE, MelScale.SLANEY, 24, 60, 3800), COEFFICIENTS);
        Tensor samples = FrontEnd.samples("samples", WINDOW, 1, 1f / (1 << 15));
        Shape shape = Mfcc.INSTANCE.inferShape(mfcc, List.of(samples.shape()));
        Quantization quantization = Quantization.perTensor(1f / 32, -8);
        GraphBuilder network = new GraphBuilder();
        int input = network.input("features", shape, ElementType.INT8, quantization);
        Graph relu = network.output(
                        network.node("output", ElementType.INT8, quantization, Relu.INSTANCE, new NoParams(), input))
                .build();
        Quantization wide = Mfcc.INSTANCE.quantSpec(mfcc).fixed().orElseThrow();
        Tensor coefficients = Tensor.activation("coefficients", shape, ElementType.INT16, wide);
        List<Tensor> constants = List.of(constant("means", 0), constant("factors", 40));
        return new FrontEnd(
                        samples,
                        List.of(
                                new Stage<>(Mfcc.INSTANCE, mfcc, coefficients, List.of()),
                                new Stage<>(Standardize.INSTANCE, new StandardizeParams(10), relu.input(), constants)))
                .before(relu);
    }

    private static Tensor constant(String name, int value) {
        short[] values = new short[COEFFICIENTS];
        Arrays.fill(values, (short) value);
        return Tensor.constant(name, Shape.of(COEFFICIENTS), Quantization.NONE, TensorData.of(values));
    }

    @Test
    void everyWindowOfSpeechGivesWhatTheModelGivesOfIt() throws IOException {
        Graph model = model();
        byte[] speech = speech();
        for (int frames : new int[] {1, 3, 6}) {
            ContinuousGraph continuous = ContinuousGraph.of(model, frames * FRAMES.stride());
            Simulator whole = Simulator.of(model);
            Simulator step = Simulator.of(continuous.graph());
            int hop = continuous.graph().input().bytes();
            List<byte[]> seen = new ArrayList<>();
            for (int end = hop; end <= speech.length; end += hop) {
                byte[] output = step.run(Arrays.copyOfRange(speech, end - hop, end));
                if (end / hop >= continuous.steps()) {
                    int begin = end - continuous.windowRows() * Short.BYTES;
                    byte[] window = Arrays.copyOf(
                            Arrays.copyOfRange(speech, begin, end),
                            model.input().bytes());
                    assertThat(output).as("window that ends at %d", end).isEqualTo(whole.run(window));
                    seen.add(output);
                }
            }
            assertThat(seen).hasSizeGreaterThan(10);
            assertThat(seen.get(0)).isNotEqualTo(seen.get(seen.size() - 1));
        }
    }

    @Test
    void takesAFractionOfTheMemoryAndOfTheWork() {
        Graph model = model();
        Graph continuous = ContinuousGraph.of(model, FRAMES.stride()).graph();
        int whole = Planner.plan(model, TargetCosts.NONE, 1).arenaBytes();
        int sliding = Planner.plan(continuous, TargetCosts.NONE, 1).arenaBytes();
        assertThat(sliding).isLessThan(whole / 4);
        assertThat(continuous.macs()).isLessThan(model.macs() / 20);
    }

    private static byte[] speech() throws IOException {
        Path recordings = SharedFolder.require("data/fsdd/recordings");
        try (Stream<Path> files = Files.list(recordings)) {
            List<Path> wavs = files.sorted().toList();
            byte[] all = new byte[0];
            for (int i = 0; i < CLIPS; i++) {
                byte[] wav = Files.readAllBytes(wavs.get(i * wavs.size() / CLIPS));
                int before = all.length;
                all = Arrays.copyOf(all, before + wav.length - WAV_HEADER_BYTES);
                System.arraycopy(wav, WAV_HEADER_BYTES, all, before, wav.length - WAV_HEADER_BYTES);
            }
            return all;
        }
    }
}
