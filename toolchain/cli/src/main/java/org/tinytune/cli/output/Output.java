package org.tinytune.cli.output;

import java.io.PrintWriter;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every reporting command has: {@code --json}, and standard output for its result. A picocli mixin. */
public final class Output {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    /**
     * Prints the result in the form that the user asked for.
     *
     * @param report what {@link Json} turns into text; its keys are an interface: add, never rename
     * @param text the same for people, ending in a line feed
     */
    public void print(Object report, Supplier<String> text) {
        PrintWriter out = command.commandLine().getOut();
        out.print(json ? Json.text(report) : text.get());
        out.flush();
    }
}
