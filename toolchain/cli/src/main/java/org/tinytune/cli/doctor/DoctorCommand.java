package org.tinytune.cli.doctor;

import static org.tinytune.cli.output.Table.left;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tinytune.cli.output.LiveLine;
import org.tinytune.cli.output.Output;
import org.tinytune.cli.output.Table;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.tool.Tool;
import org.tinytune.core.tool.Tools;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says which tools are present, what each is for, and how to get the others; gets them if asked to. */
@Command(
        name = "doctor",
        description = "Show which tools are present, what each is for, and how to install the others.")
public final class DoctorCommand implements Callable<Integer> {
    @Option(names = "--install", description = "Install what is missing, with apt-get.")
    private boolean install;

    @Mixin
    private Output output;

    private DoctorCommand() {}

    /**
     * What was found, as JSON shows it.
     *
     * @param tools the Java that runs this, then the catalogue
     * @param missingPackages the Debian packages of those that were not found
     * @param installCommand the line that installs them; null if nothing is missing or this is no Debian
     */
    private record Report(List<Entry> tools, List<String> missingPackages, String installCommand) {}

    /** One tool; version and location are null where it has none. */
    private record Entry(
            String name, String purpose, boolean present, String version, String location, List<String> packages) {}

    @Override
    public Integer call() {
        Report report = examine();
        if (install && !report.missingPackages().isEmpty()) {
            if (!AptGet.isPresent()) {
                throw new TinytuneException(
                        ExitCode.TOOL_MISSING,
                        "no apt-get on this system; install what it calls these packages: "
                                + String.join(" ", report.missingPackages()));
            }
            AptGet.install(report.missingPackages(), new LiveLine());
            report = examine();
        }
        Report result = report;
        output.print(result, () -> text(result));
        boolean unmet = install && !result.missingPackages().isEmpty();
        return (unmet ? ExitCode.TOOL_MISSING : ExitCode.OK).code();
    }

    private static Report examine() {
        List<Entry> entries = new ArrayList<>();
        String home = System.getProperty("java.home");
        entries.add(new Entry("java", "to run tinytune", true, Runtime.version().toString(), home, List.of()));
        entries.addAll(Tools.ALL.parallelStream().map(DoctorCommand::entry).toList());
        List<String> missing = entries.stream()
                .filter(entry -> !entry.present())
                .flatMap(entry -> entry.packages().stream())
                .distinct()
                .toList();
        boolean installable = !missing.isEmpty() && AptGet.isPresent();
        return new Report(entries, missing, installable ? AptGet.commandLine(missing) : null);
    }

    private static Entry entry(Tool tool) {
        Optional<String> location = tool.find().map(Path::toString);
        return new Entry(
                tool.name(),
                tool.purpose(),
                location.isPresent(),
                tool.version().orElse(null),
                location.orElse(null),
                tool.debianPackages());
    }

    private static String text(Report report) {
        Table table = new Table(left("tool"), left("needed"), left("found"));
        for (Entry entry : report.tools()) {
            String found = entry.version() != null ? entry.version() : entry.location();
            table.row(entry.name(), entry.purpose(), entry.present() ? found : "no");
        }
        if (report.missingPackages().isEmpty()) {
            return table.text() + "\nNothing is missing.\n";
        }
        String packages = String.join(" ", report.missingPackages());
        return table.text()
                + (report.installCommand() == null
                        ? "\nInstall what this system calls these packages: " + packages + "\n"
                        : "\nTo install what is missing: tinytune doctor --install\nor by hand: "
                                + report.installCommand() + "\n");
    }
}
