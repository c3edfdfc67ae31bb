package org.tinytune.test.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.lite.schema.Model;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.op.Operators;
import org.tinytune.core.testing.RandomGraphs;
import org.tinytune.test.fuzz.FlatbufferMap.VectorPlace;
import org.tinytune.test.golden.GoldenModel;
import org.tinytune.tflite.TfliteWriter;

/** The form of every file that is written. */
class ExportedFilesTest {
    private static final int ALIGNMENT = 16;

    static Stream<Graph> ourGraphs() {
        Stream<Graph> single = Operators.ALL.stream().map(operator -> RandomGraphs.single(operator, 3));
        Stream<Graph> networks = Stream.iterate(0L, seed -> seed < 20, seed -> seed + 1)
                .flatMap(seed -> Stream.of(RandomGraphs.network(seed), RandomGraphs.foreignNetwork(seed)));
        return Stream.concat(single, networks).map(graph -> graph.withMetadata(SampleMetadata.FULL));
    }

    static Stream<Graph> goldenGraphs() {
        return GoldenModel.NAMES.stream().map(name -> new GoldenModel(name).graph());
    }

    @ParameterizedTest
    @MethodSource({"ourGraphs", "goldenGraphs"})
    void noVectorIsEmptyAndConstantsAreAligned(Graph graph) {
        byte[] file = TfliteWriter.write(graph);
        assertThat(new FlatbufferMap(file).vectors())
                .extracting(VectorPlace::length)
                .doesNotContain(0);
        Model model = Model.getRootAsModel(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN));
        assertThat(model.buffers(0).dataVector()).isNull();
        for (int i = 1; i < model.buffersLength(); i++) {
            assertThat(model.buffers(i).dataAsByteBuffer().position() % ALIGNMENT)
                    .as("buffer %d", i)
                    .isZero();
        }
    }
}
