package org.tinytune.cli.doctor;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

/** Installs packages on Debian, Ubuntu and what descends from them. */
final class AptGet {
    private static final int INSTALL_SECONDS = 1800;
    private static final String NO_DIALOGUE = "DEBIAN_FRONTEND=noninteractive";

    private AptGet() {}

    /** Whether this machine installs its packages with apt-get. */
    static boolean isPresent() {
        return Files.isExecutable(Path.of("/usr/bin/apt-get"));
    }

    /** The line that installs these packages, for a user to copy. */
    static String commandLine(List<String> packages) {
        return (isRoot() ? "" : "sudo ") + "apt-get install -y --no-install-recommends " + String.join(" ", packages);
    }

    /**
     * Installs packages as root or through a sudo that asks nothing.
     *
     * @param packages their names
     * @param progress told each command before it runs
     * @throws TinytuneException with {@link ExitCode#TOOL_MISSING} if this user may not, or apt-get fails
     */
    static void install(List<String> packages, PrintStream progress) {
        List<String> prefix = new ArrayList<>();
        if (!isRoot()) {
            if (Command.run(Command.PROBE_SECONDS, List.of("sudo", "-n", "true"))
                            .exitCode()
                    != 0) {
                throw new TinytuneException(
                        ExitCode.TOOL_MISSING,
                        "may not install packages (not root, and sudo wants a password); run: "
                                + commandLine(packages));
            }
            prefix.addAll(List.of("sudo", "-n"));
        }
        prefix.addAll(List.of("env", NO_DIALOGUE, "apt-get"));
        run(prefix, List.of("update", "-q"), progress);
        List<String> install = new ArrayList<>(List.of("install", "-y", "-q", "--no-install-recommends"));
        install.addAll(packages);
        run(prefix, install, progress);
    }

    private static void run(List<String> prefix, List<String> arguments, PrintStream progress) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(arguments);
        progress.println("tinytune: " + String.join(" ", command));
        Command.Result result = Command.run(INSTALL_SECONDS, command);
        if (result.exitCode() != 0) {
            throw new TinytuneException(
                    ExitCode.TOOL_MISSING, "apt-get " + arguments.get(0) + " failed: " + lastError(result.output()));
        }
    }

    /** What apt-get says last behind its {@code E:}, or simply last. */
    private static String lastError(String output) {
        List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
        List<String> errors =
                lines.stream().filter(line -> line.startsWith("E: ")).toList();
        if (!errors.isEmpty()) {
            return errors.get(errors.size() - 1).substring(3);
        }
        return lines.isEmpty() ? "it says nothing" : lines.get(lines.size() - 1);
    }

    private static boolean isRoot() {
        return Command.run(Command.PROBE_SECONDS, List.of("id", "-u"))
                .output()
                .strip()
                .equals("0");
    }
}
