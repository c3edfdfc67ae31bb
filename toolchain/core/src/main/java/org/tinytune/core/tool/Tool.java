package org.tinytune.core.tool;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

/**
 * Something that tinytune uses and that the user installs: a program, or a file that a package brings.
 *
 * @param name the command's name, or what the file is called in reports
 * @param purpose what it is for, in a few words
 * @param debianPackages the packages that bring it and what it cannot do without, in Debian and Ubuntu
 * @param files where the file may be, the first that exists counts; empty for a command on the {@code PATH}
 */
public record Tool(String name, String purpose, List<String> debianPackages, List<Path> files) {
    /** A command on the {@code PATH}. */
    public static Tool command(String name, String purpose, String... debianPackages) {
        return new Tool(name, purpose, List.of(debianPackages), List.of());
    }

    /** A file or folder that is in one of several places. */
    public static Tool file(String name, String purpose, String debianPackage, String... files) {
        return new Tool(
                name,
                purpose,
                List.of(debianPackage),
                Stream.of(files).map(Path::of).toList());
    }

    /** Where it is, if it is installed. */
    public Optional<Path> find() {
        if (!files.isEmpty()) {
            return files.stream().filter(Files::exists).findFirst();
        }
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Where it is.
     *
     * @throws TinytuneException with {@link ExitCode#TOOL_MISSING} and the command that installs it
     */
    public Path require() {
        return find().orElseThrow(() -> new TinytuneException(
                ExitCode.TOOL_MISSING,
                name + " is not installed (needed " + purpose + "): sudo apt-get install "
                        + String.join(" ", debianPackages)));
    }
}
