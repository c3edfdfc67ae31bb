package org.tinytune.test.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.channel.ConstantChannels;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.sim.Simulator;
import org.tinytune.test.tflite.ReferenceInterpreter;
import org.tinytune.tflite.TfliteReader;
import org.tinytune.tflite.TfliteWriter;

class GoldenModelsTest {
    static Stream<String> names() {
        return GoldenModel.NAMES.stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void simulatorGivesEveryOutputByte(String name) {
        GoldenModel model = new GoldenModel(name);
        Simulator simulator = Simulator.of(model.graph());
        for (GoldenModel.Sample sample : model.samples()) {
            assertThat(simulator.run(sample.input())).as(sample.name()).isEqualTo(sample.output());
        }
    }

    /** Multiply-accumulates, all and without channels that are always the same. */
    @ParameterizedTest
    @CsvSource({
        "kws_ref_model, 2656768, 2656768",
        "vww_96_int8, 7489664, 3774684",
        "pretrainedResnet_quant, 12501632, 12501632",
        "ad01_int8, 264192, 264192"
    })
    void outputsAreTheSameWithoutConstantChannels(String name, long macs, long macsLeft) {
        GoldenModel model = new GoldenModel(name);
        Graph left = ConstantChannels.leftOut(model.graph());
        Simulator simulator = Simulator.of(left);
        for (GoldenModel.Sample sample : model.samples()) {
            assertThat(simulator.run(sample.input())).as(sample.name()).isEqualTo(sample.output());
        }
        assertThat(model.graph().macs()).isEqualTo(macs);
        assertThat(left.macs()).isEqualTo(macsLeft);
    }

    @ParameterizedTest
    @MethodSource("names")
    void simulatorGivesEveryByteOfEveryLayer(String name) {
        GoldenModel model = new GoldenModel(name);
        Graph graph = model.graph();
        Map<Integer, GoldenModel.Layer> layers = model.layers();
        assertThat(layers).hasSameSizeAs(graph.nodes());
        byte[] input = model.samples().get(0).input();
        Simulator.of(graph).run(List.of(input), (node, tensor, bytes) -> {
            GoldenModel.Layer layer = layers.remove(node);
            assertThat(graph.nodes().get(node).operator().name()).isEqualTo(layer.operator());
            assertThat(bytes).as("node %d, %s", node, layer.operator()).isEqualTo(layer.output());
        });
        assertThat(layers).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("names")
    void interpreterGivesEveryOutputByteOfTheFileAndOfItsExport(String name) {
        GoldenModel model = new GoldenModel(name);
        Graph graph = model.graph();
        try (ReferenceInterpreter original = new ReferenceInterpreter(model.file());
                ReferenceInterpreter exported = new ReferenceInterpreter(TfliteWriter.write(graph))) {
            for (GoldenModel.Sample sample : model.samples()) {
                original.run(List.of(sample.input()));
                exported.run(List.of(sample.input()));
                assertThat(original.output(0)).as(sample.name()).isEqualTo(sample.output());
                assertThat(exported.output(0)).as(sample.name()).isEqualTo(sample.output());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void importExportImportIsTheIdentity(String name) {
        Graph imported = new GoldenModel(name).graph();
        byte[] exported = TfliteWriter.write(imported);
        Graph again = TfliteReader.read(name, exported);
        assertThat(again).isEqualTo(imported);
        assertThat(TfliteWriter.write(again)).isEqualTo(exported);
    }
}
