package org.tinytune.cli.export;

import java.util.List;
import java.util.stream.Collectors;
import org.tinytune.core.graph.Graph;

/**
 * A CMSIS-Pack with the network as a component, and the example as a template of user code; beside it, what is in it.
 *
 * <p>Source: Open-CMSIS-Pack-Spec:schema/PACK.xsd 1.7.32; open-cmsis-pack.github.io, "Pack Description (*.pdsc)
 * Format".
 */
final class CmsisPackFormat extends LibraryFormat {
    private static final String VENDOR = "tinytune";
    private static final String VERSION = "1.0.0";

    /** A description is a line in the tools. */
    private static final int LONGEST_DESCRIPTION = 120;

    /** Those of {@code DcoreEnum} that are Cortex-M. */
    private static final List<String> CORES = List.of(
            "Cortex-M0",
            "Cortex-M0+",
            "Cortex-M1",
            "Cortex-M3",
            "Cortex-M4",
            "Cortex-M7",
            "Cortex-M23",
            "Cortex-M33",
            "Cortex-M35P",
            "Cortex-M52",
            "Cortex-M55",
            "Cortex-M85");

    @Override
    public String id() {
        return "cmsis-pack";
    }

    @Override
    public String title() {
        return "a CMSIS-Pack";
    }

    @Override
    void addTo(ProjectFiles files, LibraryProject project) {
        String name = VENDOR + "." + project.prefix();
        String pack = name + "." + VERSION + ".pack";
        project.value("pack", pack);
        project.value("description", xml(description(project.model().graph())));
        project.value(
                "cores",
                CORES.stream()
                        .map(core -> "      <accept Dcore=\"" + core + "\"/>")
                        .collect(Collectors.joining("\n")));
        project.addLibrary(files, "include/", "src/");
        project.addExample(files, "example/");
        project.add(files, name + ".pdsc", "cmsis-pack/package.pdsc");
        project.addReadme(files, "cmsis-pack/build.md");
        files.add(pack, files.zip());
    }

    private static String description(Graph graph) {
        String own = LibraryProject.oneLine(graph.metadata().description());
        String text =
                "Neural network " + LibraryProject.oneLine(graph.metadata().name());
        String all = own.isEmpty() ? text : text + ": " + own;
        return all.substring(0, Math.min(all.length(), LONGEST_DESCRIPTION));
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
