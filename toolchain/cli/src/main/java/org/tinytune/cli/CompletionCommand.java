package org.tinytune.cli;

import java.util.concurrent.Callable;
import org.tinytune.core.ExitCode;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the script that completes commands and options in a shell. */
@Command(
        name = "completion",
        description = {
            "Print a completion script for bash and zsh.",
            "For this shell: source <(tinytune completion)",
        })
final class CompletionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(AutoComplete.bash("tinytune", TinytuneCommand.model()));
        spec.commandLine().getOut().flush();
        return ExitCode.OK.code();
    }
}
