package org.tinytune.test.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tinytune.test.Processes;
import org.tinytune.test.Processes.Outcome;

/** The program in a process of its own, with the classes that this test has. */
public final class Program {
    /** As the launcher hands it over: newer JDKs warn without. */
    private static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";

    /** These processes live for a second: what the best compiler would save them, it would take itself. */
    private static final String COMPILE_LITTLE = "-XX:TieredStopAtLevel=1";

    /** For a JVM that computes on vectors, which take the best compiler. */
    static final List<String> VECTORS = List.of("--add-modules=jdk.incubator.vector", "-XX:TieredStopAtLevel=4");

    static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private Program() {}

    /** Runs the program with these arguments. */
    public static Outcome run(String... arguments) throws Exception {
        return run(Path.of("."), List.of(), arguments);
    }

    /**
     * Runs the program.
     *
     * @param folder to run in
     * @param options for the JVM
     * @param arguments for the program
     */
    public static Outcome run(Path folder, List<String> options, String... arguments) throws Exception {
        return Processes.run(folder, environment(), command(options, List.of(arguments)));
    }

    /**
     * Starts the program.
     *
     * @param environment exactly this
     * @param options for the JVM
     * @param arguments for the program
     */
    static Processes.Started start(Map<String, String> environment, List<String> options, List<String> arguments)
            throws Exception {
        return Processes.start(Path.of("."), environment, command(options, arguments));
    }

    /** The command that runs the program with these options of the JVM and these arguments. */
    static List<String> command(List<String> options, List<String> arguments) {
        SharedClasses shared = SharedClasses.get();
        List<String> command = new ArrayList<>(List.of(JAVA, NATIVE_ACCESS, COMPILE_LITTLE));
        command.addAll(shared.options());
        command.addAll(options);
        command.addAll(List.of("-cp", shared.classPath(), "org.tinytune.cli.Main"));
        command.addAll(arguments);
        return command;
    }

    /** Starts a JVM with these arguments. */
    static Processes.Started startJava(Path folder, List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(arguments);
        return Processes.start(folder, environment(), command);
    }

    /** This environment without what would make a JVM speak. */
    static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        return environment;
    }
}
