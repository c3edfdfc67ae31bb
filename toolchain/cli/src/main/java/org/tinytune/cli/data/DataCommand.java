package org.tinytune.cli.data;

import java.util.concurrent.Callable;
import org.tinytune.core.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The parent of all commands about data. */
@Command(
        name = "data",
        description = "Look at a data set before a model is made of it.",
        subcommands = {InfoCommand.class, CheckCommand.class, PlotCommand.class})
public final class DataCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /** Without a command: the help. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.USAGE.code();
    }
}
