package org.tinytune.test.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.plan.Planner;
import org.tinytune.core.tool.ToolRun;
import org.tinytune.core.tool.Tools;
import org.tinytune.runtimegen.CLibraryGenerator;
import org.tinytune.runtimegen.CTarget;
import org.tinytune.runtimegen.CTargetCosts;

/** The generated C gives every byte as well. */
class GoldenLibraryTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    static Stream<String> names() {
        return GoldenModel.NAMES.stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void libraryGivesEveryByteOfEveryOutputAndLayer(String name) throws IOException {
        assumeGcc();
        GoldenModel model = new GoldenModel(name);
        ByteArrayOutputStream inputs = new ByteArrayOutputStream();
        ByteArrayOutputStream outputs = new ByteArrayOutputStream();
        for (GoldenModel.Sample sample : model.samples()) {
            inputs.writeBytes(sample.input());
            outputs.writeBytes(sample.output());
        }
        Files.write(folder.resolve("inputs"), inputs.toByteArray());
        build(model.graph());
        run(List.of("./program"));

        for (Map.Entry<Integer, GoldenModel.Layer> layer : model.layers().entrySet()) {
            assertThat(folder.resolve("op_" + layer.getKey()))
                    .as("node %d, %s", layer.getKey(), layer.getValue().operator())
                    .hasBinaryContent(layer.getValue().output());
        }
        assertThat(folder.resolve("outputs")).hasBinaryContent(outputs.toByteArray());
    }

    private void build(Graph graph) throws IOException {
        CTarget target = CTarget.PORTABLE;
        new CLibraryGenerator(target)
                .generate(graph, Planner.plan(graph, new CTargetCosts(target), target.alignment()), "model")
                .writeTo(folder);
        try (InputStream main = GoldenLibraryTest.class.getResourceAsStream("/golden/main.c")) {
            Files.copy(main, folder.resolve("main.c"));
        }
        run(List.of("gcc", "-std=c99", "-O2", "-DTT_TRACE", "model.c", "main.c", "-o", "program"));
    }

    private void run(List<String> command) {
        ToolRun run = ToolRun.of(command, folder, TIMEOUT);
        assertThat(run.succeeded()).as("%s: %s", command, run.errors()).isTrue();
    }

    private static void assumeGcc() {
        boolean present = Tools.GCC.find().isPresent();
        if (!present && "true".equals(System.getenv("CI"))) {
            fail("gcc is not installed, which CI must not skip");
        }
        assumeTrue(present, "gcc is not installed");
    }
}
