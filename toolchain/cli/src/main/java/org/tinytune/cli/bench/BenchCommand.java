package org.tinytune.cli.bench;

import java.util.concurrent.Callable;
import org.tinytune.core.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The parent of all benchmarks. */
@Command(
        name = "bench",
        description = "Compare ways of training on your own data.",
        subcommands = OptimizersCommand.class)
public final class BenchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /** Without a benchmark: the help. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.USAGE.code();
    }
}
