package org.tinytune.cli;

import org.tinytune.cli.output.FileFault;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

/** The entry point of the program, and the only place that ends the process. */
public final class Main {
    private Main() {}

    /**
     * Runs the command line and ends the process with its exit code.
     *
     * @param args the user's arguments
     */
    public static void main(String[] args) {
        StandardStreams.Watched out = StandardStreams.install();
        Relaunch.watchStarter();
        int exitCode = run(args);
        System.out.flush();
        exitCode = withOutput(exitCode, out);
        System.err.flush();
        System.exit(exitCode);
    }

    /** A result that could not be shown is no success. */
    static int withOutput(int exitCode, StandardStreams.Watched out) {
        if (exitCode != ExitCode.OK.code() || out.fault().isEmpty()) {
            return exitCode;
        }
        String reason = FileFault.reason(out.fault().get());
        return new Failures(System.err, () -> false)
                .report(new TinytuneException(
                        ExitCode.INVALID_INPUT,
                        "standard output: " + reason + ", so that the result is not shown (send it elsewhere)"));
    }

    private static int run(String[] args) {
        if (!Relaunch.isNeeded()) {
            return TinytuneCommand.run(args);
        }
        try {
            return Relaunch.run(args);
        } catch (TinytuneException e) {
            return new Failures(System.err, () -> false).report(e);
        }
    }
}
