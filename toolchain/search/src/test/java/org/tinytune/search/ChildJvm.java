package org.tinytune.search;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Starts a main class of the tests in a process of its own. */
public final class ChildJvm {
    private ChildJvm() {}

    /** With the class path of this process; what it prints to stderr goes where this process's does. */
    public static Process start(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        Collections.addAll(command, arguments);
        return new ProcessBuilder(command)
                .redirectError(Redirect.INHERIT)
                .redirectOutput(Redirect.DISCARD)
                .start();
    }
}
