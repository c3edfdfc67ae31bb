package org.tinytune.runtimegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.op.Operators;
import org.tinytune.core.plan.Planner;
import org.tinytune.core.testing.RandomGraphs;

class SampleSourceTest {
    private static final String PROGRAM = """
            #include "model.h"
            #include "model_sample.h"
            #include <stdio.h>
            int main(void)
            {
                model_sample_load();
                model_invoke();
                printf("%d %d\\n", (int)model_sample_differences(), model_sample_first_difference());
                return 0;
            }
            """;

    private static final String SEQUENCE = """
            #include "model.h"
            #include "model_sample.h"
            #include <stdio.h>
            int main(void)
            {
                for (int i = 0; i < 2; i++) {
                    model_reset();
                    for (int step = 0; step < MODEL_SAMPLE_STEPS; step++) {
                        model_sample_load(step);
                        model_invoke();
                    }
                    printf("%d %d\\n", (int)model_sample_differences(), model_sample_first_difference());
                }
                return 0;
            }
            """;

    @TempDir
    Path folder;

    @Test
    void whatComesOutIsWhatShould() throws IOException {
        Graph graph = RandomGraphs.network(3);
        StoredSample sample = new StoredSample("noise", List.of(RandomGraphs.inputs(graph, 1)), Optional.empty());
        assertThat(run(graph, sample, PROGRAM, "")).isEqualTo("0 -1\n");
    }

    @Test
    void anotherInputIsFoundToDifferFromTheFirstOperatorOn() throws IOException {
        Graph graph = RandomGraphs.network(3);
        StoredSample sample = new StoredSample("noise", List.of(RandomGraphs.inputs(graph, 1)), Optional.empty());
        String other = "    for (int i = 0; i < MODEL_INPUT_BYTES; i++) {\n"
                + "        model_input()[i] = (int8_t)-model_input()[i];\n    }\n";
        String[] printed = run(graph, sample, PROGRAM, other).strip().split(" ");
        assertThat(Integer.parseInt(printed[0])).isPositive();
        assertThat(printed[1]).isEqualTo("0");
    }

    @Test
    void aSequenceIsRunStepByStepFromFreshStates() throws IOException {
        Graph graph = RandomGraphs.single(Operators.byName("SVDF").orElseThrow(), 1);
        List<List<byte[]>> steps = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            steps.add(RandomGraphs.inputs(graph, i));
        }
        StoredSample sample = new StoredSample("noise", steps, Optional.empty());
        assertThat(run(graph, sample, SEQUENCE, "")).isEqualTo("0 -1\n0 -1\n");
    }

    private String run(Graph graph, StoredSample sample, String program, String beforeInvoke) throws IOException {
        Machine.HOST_SANITIZED.assumeInstalled();
        CTarget target = CTarget.PORTABLE;
        CLibrary library = new CLibraryGenerator(target)
                .generate(graph, Planner.plan(graph, new CTargetCosts(target), target.alignment()), "model");
        library.writeTo(folder);
        SampleSource.files(library, graph, sample).forEach(this::write);
        write("main.c", program.replace("    model_invoke();\n", beforeInvoke + "    model_invoke();\n"));
        List<String> objects = new ArrayList<>();
        for (String name : List.of("model", "model_sample", "main")) {
            List<String> options = new ArrayList<>(Machine.STRICT);
            options.addAll(List.of("-DTT_CRC", "-c", name + ".c"));
            Machine.HOST_SANITIZED.compile(folder, options);
            objects.add(name + ".o");
        }
        return Machine.HOST_SANITIZED.run(folder, objects);
    }

    private void write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
