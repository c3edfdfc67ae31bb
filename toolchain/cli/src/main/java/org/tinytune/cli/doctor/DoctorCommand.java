package org.tinytune.cli.doctor;

import static org.tinytune.cli.output.Table.left;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tinytune.cli.output.Output;
import org.tinytune.cli.output.Table;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says which tools are present, what each is for, and how to get the others; gets them if asked to. */
@picocli.CommandLine.Command(
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
     * @param tools all of the catalogue
     * @param missingPackages the Debian packages of those that were not found
     * @param installCommand the line that installs them; null if nothing is missing or this is no Debian
     */
    private record Report(List<Entry> tools, List<String> missingPackages, String installCommand) {}

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
            AptGet.install(report.missingPackages(), System.err);
            report = examine();
        }
        Report result = report;
        output.print(result, () -> text(result));
        boolean unmet = install && !result.missingPackages().isEmpty();
        return (unmet ? ExitCode.TOOL_MISSING : ExitCode.OK).code();
    }

    private static Report examine() {
        List<Entry> entries =
                ToolCatalogue.ALL.parallelStream().map(DoctorCommand::entry).toList();
        List<String> missing = entries.stream()
                .filter(entry -> !entry.present())
                .flatMap(entry -> entry.packages().stream())
                .toList();
        boolean installable = !missing.isEmpty() && AptGet.isPresent();
        return new Report(entries, missing, installable ? AptGet.commandLine(missing) : null);
    }

    private static Entry entry(Tool tool) {
        Optional<Probe.Finding> finding = tool.probe().find();
        return new Entry(
                tool.name(),
                tool.purpose(),
                finding.isPresent(),
                finding.map(Probe.Finding::version).orElse(null),
                finding.map(Probe.Finding::location).orElse(null),
                tool.packages());
    }

    private static String text(Report report) {
        Table table = new Table(left("tool"), left("found"), left("what for"));
        for (Entry entry : report.tools()) {
            String found = !entry.present() ? "no" : entry.version().isEmpty() ? "yes" : entry.version();
            table.row(entry.name(), found, entry.purpose());
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
