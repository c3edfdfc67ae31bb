package org.tinytune.cli.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tinytune.cli.model.TargetPlan;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.board.Board;
import org.tinytune.core.graph.Graph;
import org.tinytune.runtimegen.CTarget;

/**
 * A library for the Arduino IDE, with an example in its menu.
 *
 * <p>Source: docs.arduino.cc, Arduino library specification, revision 2.2.
 */
final class ArduinoFormat extends LibraryFormat {
    private static final String EXAMPLE = "examples/StoredSample/";
    /** For whoever publishes the library to replace: there has to be one. */
    private static final String HOMEPAGE = "https://example.org/";

    @Override
    public String id() {
        return "arduino";
    }

    @Override
    public String title() {
        return "an Arduino library";
    }

    /** For AVR, whose constants would lie in RAM otherwise; on all others that is portable C. */
    @Override
    TargetPlan planForAnyBoard(ExportedModel model) {
        try {
            TargetPlan plan = TargetPlan.of(model.graph(), CTarget.AVR);
            plan.library(model.graph().metadata().name());
            return plan;
        } catch (TinytuneException e) { // an array that no AVR can index
            return super.planForAnyBoard(model);
        }
    }

    @Override
    void addTo(ProjectFiles files, LibraryProject project) {
        describe(project);
        project.add(files, "library.properties", "arduino/library.properties");
        files.add("keywords.txt", keywords(project));
        project.addLibrary(files, "src/", "src/");
        project.add(files, EXAMPLE + "StoredSample.ino", "example/StoredSample.ino");
        project.addSample(files, EXAMPLE);
        project.addReadme(files, "arduino/build.md");
    }

    private static void describe(LibraryProject project) {
        Graph graph = project.model().graph();
        String description = LibraryProject.oneLine(graph.metadata().description());
        boolean avr = project.model()
                .board()
                .filter(board -> board.mcu().architecture() == Board.Architecture.AVR)
                .isPresent();
        project.value("url", HOMEPAGE);
        project.value("sentence", description.isEmpty() ? "A neural network in C." : description);
        project.value(
                "paragraph",
                String.format(
                        Locale.ROOT,
                        "%s, %d operators, %d bytes of RAM; from %s to %s. Exported by tinytune.",
                        project.arithmetic(),
                        graph.nodes().size(),
                        project.plan().plan().arenaBytes(),
                        graph.tensor(graph.inputs().get(0)).shape(),
                        graph.tensor(graph.outputs().get(0)).shape()));
        project.value("architectures", avr ? "avr" : "*");
    }

    /** What the editor highlights: a word, a tab and its kind a line. */
    private static String keywords(LibraryProject project) {
        List<String> functions = new ArrayList<>(List.of("input", "output", "invoke", "dequantize_output"));
        functions.addAll(project.calls());
        List<String> constants = List.of("INPUT_ELEMENTS", "OUTPUT_ELEMENTS", "ARENA_BYTES");
        String prefix = project.prefix();
        return Stream.concat(
                        functions.stream().map(name -> prefix + "_" + name + "\tKEYWORD2\n"),
                        constants.stream().map(name -> prefix.toUpperCase(Locale.ROOT) + "_" + name + "\tLITERAL1\n"))
                .collect(Collectors.joining());
    }
}
