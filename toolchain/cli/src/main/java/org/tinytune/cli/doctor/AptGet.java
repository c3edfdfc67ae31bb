package org.tinytune.cli.doctor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.tinytune.cli.output.LiveLine;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.tool.Tool;
import org.tinytune.core.tool.ToolRun;

/** Installs packages on Debian, Ubuntu and what descends from them. */
final class AptGet {
    private static final Tool APT_GET = new Tool("apt-get", "to install packages", List.of("apt"), List.of());
    private static final Tool SUDO = new Tool("sudo", "to install packages", List.of("sudo"), List.of());
    private static final Duration SHORT = Duration.ofSeconds(20);
    private static final Duration LONG = Duration.ofMinutes(30);

    private AptGet() {}

    /** Whether this machine installs its packages with apt-get. */
    static boolean isPresent() {
        return APT_GET.find().isPresent();
    }

    /** The line that installs these packages, for a user to copy. */
    static String commandLine(List<String> packages) {
        return (isRoot() ? "" : "sudo ") + "apt-get install -y --no-install-recommends " + String.join(" ", packages);
    }

    /**
     * Installs packages as root or through a sudo that asks nothing.
     *
     * @param packages their names
     * @param progress shows each command while it runs
     * @throws TinytuneException with {@link ExitCode#TOOL_MISSING} if this user may not, or apt-get fails
     */
    static void install(List<String> packages, LiveLine progress) {
        if (!isRoot() && !sudoAsksNothing()) {
            throw new TinytuneException(
                    ExitCode.TOOL_MISSING,
                    "may not install packages (not root, and sudo wants a password); run: " + commandLine(packages));
        }
        run(List.of("update", "-q"), progress);
        List<String> install = new ArrayList<>(List.of("install", "-y", "-q", "--no-install-recommends"));
        install.addAll(packages);
        run(install, progress);
    }

    private static void run(List<String> arguments, LiveLine progress) {
        List<String> command = new ArrayList<>(isRoot() ? List.of() : List.of("sudo", "-n"));
        command.addAll(List.of("env", "DEBIAN_FRONTEND=noninteractive", "apt-get"));
        command.addAll(arguments);
        progress.println("tinytune: " + String.join(" ", command));
        ToolRun run = progress.during("tinytune: apt-get works", () -> ToolRun.of(command, Path.of("."), LONG));
        if (!run.succeeded()) {
            throw new TinytuneException(
                    ExitCode.TOOL_MISSING,
                    "apt-get " + arguments.get(0) + " failed: " + lastLine(run.output() + run.errors()));
        }
    }

    /** What apt-get complains about last. */
    private static String lastLine(String output) {
        return output.lines()
                .filter(line -> !line.isBlank())
                .reduce((first, second) -> second)
                .orElse("it does not say why");
    }

    private static boolean sudoAsksNothing() {
        return SUDO.find().isPresent()
                && ToolRun.of(List.of("sudo", "-n", "true"), Path.of("."), SHORT)
                        .succeeded();
    }

    private static boolean isRoot() {
        return ToolRun.of(List.of("id", "-u"), Path.of("."), SHORT)
                .output()
                .strip()
                .equals("0");
    }
}
