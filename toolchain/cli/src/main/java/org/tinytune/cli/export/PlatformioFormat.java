package org.tinytune.cli.export;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Locale;
import org.tinytune.cli.output.Json;
import org.tinytune.core.graph.Graph;
import org.tinytune.runtimegen.CTarget;

/**
 * A PlatformIO project: the network as a library of its own, an example for this machine and for a board.
 *
 * <p>Source: docs.platformio.org, "platformio.ini" and "library.json".
 */
final class PlatformioFormat extends LibraryFormat {
    private static final int LONGEST_DESCRIPTION = 255;

    /** The manifest of a library. */
    @JsonPropertyOrder({"name", "version", "description", "license", "headers", "frameworks", "platforms"})
    private record Manifest(
            String name,
            String version,
            String description,
            String license,
            String headers,
            String frameworks,
            String platforms) {}

    /** A board that the example is set up for, as PlatformIO calls it and the platform that it is part of. */
    private record Environment(String board, String platform) {
        /** The best known board with an Arduino core of each kind of machine. */
        static Environment of(CTarget target) {
            return switch (target) {
                case AVR -> new Environment("uno", "atmelavr");
                case ARMV6M -> new Environment("zero", "atmelsam");
                default -> new Environment("nano33ble", "nordicnrf52");
            };
        }
    }

    @Override
    public String id() {
        return "platformio";
    }

    @Override
    public String title() {
        return "a PlatformIO project";
    }

    @Override
    void addTo(ProjectFiles files, LibraryProject project) {
        Environment environment = Environment.of(project.plan().target());
        project.value("environment", environment.board());
        project.value("platform", environment.platform());
        project.condition("platformio", true);
        String library = "lib/" + project.prefix() + "/";
        files.add(library + "library.json", Json.text(manifest(project)));
        project.addLibrary(files, library + "include/", library + "src/");
        project.add(files, "platformio.ini", "platformio/platformio.ini");
        project.addExample(files, "src/");
        project.add(files, "src/main.cpp", "example/StoredSample.ino");
        project.addReadme(files, "platformio/build.md");
    }

    private static Manifest manifest(LibraryProject project) {
        Graph graph = project.model().graph();
        String description = LibraryProject.oneLine(String.format(
                Locale.ROOT,
                "%s neural network of %d operators. %s",
                project.arithmetic(),
                graph.nodes().size(),
                graph.metadata().description()));
        return new Manifest(
                project.prefix(),
                "1.0.0",
                description.substring(0, Math.min(description.length(), LONGEST_DESCRIPTION)),
                "Apache-2.0",
                project.prefix() + ".h",
                "*",
                "*");
    }
}
