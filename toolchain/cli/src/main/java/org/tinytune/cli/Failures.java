package org.tinytune.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.tinytune.cli.output.FileFault;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns everything that is thrown into one line on standard error and an exit code. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private final PrintStream err;
    private final BooleanSupplier stacktrace;

    /**
     * @param err where the line goes
     * @param stacktrace whether the user asked for stack traces; known only after parsing
     */
    Failures(PrintStream err, BooleanSupplier stacktrace) {
        this.err = err;
        this.stacktrace = stacktrace;
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        line(usageMessage(e) + " (see " + command + " --help)");
        return ExitCode.USAGE.code();
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine commandLine, ParseResult parsed) {
        return e instanceof ParameterException usage ? handleParseException(usage, new String[0]) : report(e);
    }

    /** Prints the line of {@code failure}, with its stack trace if asked for, and answers its exit code. */
    int report(Throwable failure) {
        ExitCode exitCode;
        if (failure instanceof TinytuneException e) {
            line(e.getMessage());
            exitCode = e.exitCode();
        } else if (failure instanceof UncheckedIOException e) {
            return report(e.getCause());
        } else if (failure instanceof IOException e) {
            line(fileMessage(e));
            exitCode = ExitCode.INVALID_INPUT;
        } else if (failure instanceof OutOfMemoryError) {
            long megabytes = Runtime.getRuntime().maxMemory() >> 20;
            line("out of memory: the JVM may take " + megabytes + " MB (give it more: JAVA_OPTS=-Xmx" + 2 * megabytes
                    + "m)");
            exitCode = ExitCode.BUG;
        } else {
            line("bug: " + failure + place(failure) + " (run again with --stacktrace and report what it shows)");
            exitCode = ExitCode.BUG;
        }
        if (stacktrace.getAsBoolean()) {
            failure.printStackTrace(err);
        }
        return exitCode.code();
    }

    private void line(String message) {
        err.println("tinytune: " + message.strip().replaceAll("\\s*\\R\\s*", " "));
    }

    private static String usageMessage(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException unmatched)) {
            String message = e.getMessage();
            return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
        }
        String kind = unmatched.isUnknownOption()
                ? "unknown option"
                : e.getCommandLine().getSubcommands().isEmpty() ? "unexpected argument" : "unknown command";
        List<String> suggestions = unmatched.getSuggestions();
        String hint = suggestions.isEmpty() ? "" : ", did you mean '" + suggestions.get(0) + "'?";
        return kind + " '" + unmatched.getUnmatched().get(0) + "'" + hint;
    }

    private static String fileMessage(IOException e) {
        String reason = FileFault.reason(e) + (FileFault.isDiskFull(e) ? " (make room and run it again)" : "");
        return e instanceof FileSystemException file ? file.getFile() + ": " + reason : reason;
    }

    /** The innermost place in our own code, the first thing that a bug report needs. */
    private static String place(Throwable failure) {
        for (StackTraceElement frame : failure.getStackTrace()) {
            if (frame.getClassName().startsWith("org.tinytune.")) {
                return " at " + frame.getFileName() + ":" + frame.getLineNumber();
            }
        }
        return "";
    }
}
