package org.tinytune.test.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.plan.Planner;
import org.tinytune.core.tool.ToolRun;
import org.tinytune.core.tool.Tools;
import org.tinytune.runtimegen.CLibraryGenerator;
import org.tinytune.runtimegen.CTarget;
import org.tinytune.runtimegen.CTargetCosts;
import org.tinytune.test.Repository;
import org.tinytune.tflite.TfliteReader;

/** The generated C of third-party models gives the reference's bytes, operator by operator. */
class GoldenLibraryTest {
    private static final Path SHARED = Optional.ofNullable(System.getenv("TINYTUNE_SHARED"))
            .map(Path::of)
            .orElse(Repository.ROOT.resolveSibling("shared"));

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"ad01_int8", "hello_world_int8", "kws_ref_model", "pretrainedResnet_quant", "vww_96_int8"})
    void computesTheReferencesBytes(String model) throws IOException {
        Path golden = SHARED.resolve("golden").resolve(model);
        assumePresent(Files.isDirectory(golden), golden + " is not here");
        assumePresent(Tools.GCC.find().isPresent(), "gcc is not installed");
        build(TfliteReader.read(model, Files.readAllBytes(golden.resolve(model + ".tflite"))));

        List<String> inputs = new ArrayList<>();
        List<Path> outputs = new ArrayList<>();
        for (int k = 8; k >= 1; k--) {
            for (String kind : List.of("w", "")) {
                inputs.add(golden.resolve(kind + "in_" + k + ".bin").toString());
                outputs.add(golden.resolve(kind + "out_" + k + ".bin"));
            }
        }
        List<String> command = new ArrayList<>(List.of("./program"));
        command.addAll(inputs);
        run(command);

        try (Stream<Path> layers = Files.list(golden.resolve("layers_1"))) {
            for (Path layer : layers.sorted().toList()) {
                int op = Integer.parseInt(layer.getFileName().toString().substring(2, 4));
                assertThat(folder.resolve("op_" + op)).as("%s, input 1", layer).hasSameBinaryContentAs(layer);
            }
        }
        for (int i = 0; i < outputs.size(); i++) {
            assertThat(folder.resolve("out_" + (i + 1))).hasSameBinaryContentAs(outputs.get(i));
        }
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

    private static void assumePresent(boolean present, String reason) {
        if (!present && "true".equals(System.getenv("CI"))) {
            fail(reason + ", which CI must not skip");
        }
        assumeTrue(present, reason);
    }
}
