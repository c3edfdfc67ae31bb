package org.tinytune.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.tinytune.cli.analyze.AnalyzeCommand;
import org.tinytune.cli.bench.BenchCommand;
import org.tinytune.cli.collect.CollectCommand;
import org.tinytune.cli.data.DataCommand;
import org.tinytune.cli.doctor.DoctorCommand;
import org.tinytune.cli.imports.ImportCommand;
import org.tinytune.cli.predict.PredictCommand;
import org.tinytune.cli.search.ReproduceCommand;
import org.tinytune.cli.search.SearchCommand;
import org.tinytune.cli.train.TrainCommand;
import org.tinytune.cli.tune.TuneKernelsCommand;
import org.tinytune.core.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root command: what all commands share, and the list of them. */
@Command(
        name = "tinytune",
        description = "From a folder of sensor data and a board to a model that runs on that board.",
        versionProvider = BuildInfo.VersionLine.class,
        subcommands = {
            SearchCommand.class,
            TrainCommand.class,
            DataCommand.class,
            CollectCommand.class,
            ImportCommand.class,
            PredictCommand.class,
            EvaluateCommand.class,
            SimulateCommand.class,
            AnalyzeCommand.class,
            BenchCommand.class,
            TuneKernelsCommand.class,
            ExportCommand.class,
            BuildCommand.class,
            FlashCommand.class,
            EmulateCommand.class,
            ProfileCommand.class,
            ReproduceCommand.class,
            CalibrateCommand.class,
            BoardsCommand.class,
            DoctorCommand.class,
            CompletionCommand.class,
        })
@SuppressWarnings("UnusedVariable") // picocli asks its own model for --help and --version
public final class TinytuneCommand implements Callable<Integer> {
    private static final int HELP_WIDTH = 100;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show version, commit and JDK.")
    private boolean version;

    @Option(
            names = "--stacktrace",
            scope = ScopeType.INHERIT,
            description = "Show where in the program an error came from.")
    private boolean stacktrace;

    private TinytuneCommand() {}

    /**
     * Runs one command line.
     *
     * @param args as the user typed them
     * @return the number of an {@link ExitCode}
     */
    static int run(String... args) {
        TinytuneCommand root = new TinytuneCommand();
        Failures failures = new Failures(System.err, () -> root.stacktrace);
        try {
            return root.commandLine(failures).execute(args);
        } catch (Error e) { // picocli hands on exceptions only
            return failures.report(e);
        }
    }

    /** The command line without anything to run it: for completion scripts. */
    static CommandLine model() {
        return new TinytuneCommand().commandLine(new Failures(System.err, () -> false));
    }

    /** Without a command: the help. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.USAGE.code();
    }

    private CommandLine commandLine(Failures failures) {
        CommandLine commandLine = new CommandLine(this)
                .setOut(utf8(System.out))
                .setErr(utf8(System.err))
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(HELP_WIDTH);
        Map<String, String> exitCodes = new LinkedHashMap<>();
        for (ExitCode exitCode : ExitCode.values()) {
            exitCodes.put(Integer.toString(exitCode.code()), exitCode.meaning());
        }
        commandLine
                .getCommandSpec()
                .usageMessage()
                .optionListHeading("%nOptions:%n")
                .commandListHeading("%nCommands (tinytune COMMAND --help tells more):%n")
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(exitCodes);
        return commandLine;
    }

    private static PrintWriter utf8(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }
}
