/**
 * The command line: {@link org.tinytune.cli.Main}, the commands and how they fail.
 *
 * <p>A command is one class: a {@code Callable<Integer>} with picocli's annotations, named in
 * {@link org.tinytune.cli.TinytuneCommand}. Its result goes to standard output through
 * {@link org.tinytune.cli.output.Output}, progress to standard error; what the user can mend is thrown as a
 * {@link org.tinytune.core.TinytuneException} and {@link org.tinytune.cli.Failures} makes it one line and an exit code.
 *
 * <p>Descriptor 2 of the JVM is a void, because the JVM itself writes warnings there; {@code System.err} is the user's
 * standard error on descriptor 3 ({@link org.tinytune.cli.StandardStreams}). A process that a command starts must
 * therefore not inherit its error stream, but have it read.
 */
package org.tinytune.cli;
