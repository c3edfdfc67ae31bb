package org.tinytune.cli.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks for one tool on this machine. */
@FunctionalInterface
interface Probe {
    /** The tool as this machine has it; empty if it has not. */
    Optional<Finding> find();

    /**
     * A tool that was found.
     *
     * @param version as the tool states it; empty if it states none
     * @param location of the program or file
     */
    record Finding(String version, String location) {}

    /** The Java that runs this. */
    static Probe thisJava() {
        return () -> Optional.of(new Finding(Runtime.version().toString(), System.getProperty("java.home")));
    }

    /**
     * A program on the PATH that runs: it ends with exit code 0, or at least states its version.
     *
     * @param version group 1 is the version in what the program prints
     * @param command the program and the arguments that make it print its version
     */
    static Probe program(Pattern version, String... command) {
        return () -> locate(command[0]).flatMap(location -> {
            Command.Result result = Command.run(Command.PROBE_SECONDS, List.of(command));
            Finding finding = new Finding(firstGroup(version, result.output()), location.toString());
            return Optional.of(finding)
                    .filter(f -> result.exitCode() == 0 || !f.version().isEmpty());
        });
    }

    /**
     * Files that must all be there.
     *
     * @param version group 1 is the version in the first of the files
     * @param files what other parts of tinytune will look for
     */
    static Probe files(Pattern version, String... files) {
        return () -> {
            if (!Stream.of(files).map(Path::of).allMatch(Files::isReadable)) {
                return Optional.empty();
            }
            try {
                String text = Files.readString(Path.of(files[0]), StandardCharsets.ISO_8859_1);
                return Optional.of(new Finding(firstGroup(version, text), files[0]));
            } catch (IOException e) {
                return Optional.empty();
            }
        };
    }

    private static Optional<Path> locate(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static String firstGroup(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }
}
