package org.tinytune.test.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A folder of programs to be all of a PATH: some of this machine's, others written by a test. */
final class FakePrograms {
    private final Path folder;

    /**
     * @param folder an empty one
     * @param standard names of programs that every system has
     */
    FakePrograms(Path folder, String... standard) throws IOException {
        this.folder = folder;
        for (String name : standard) {
            add(name, "exec /usr/bin/" + name + " \"$@\"");
        }
    }

    /** The folder, for the PATH. */
    Path folder() {
        return folder;
    }

    /** Adds or replaces a program: a shell script. */
    void add(String name, String script) throws IOException {
        write(folder.resolve(name), script);
    }

    void remove(String name) throws IOException {
        Files.delete(folder.resolve(name));
    }

    /** Writes a shell script and makes it executable. */
    static void write(Path file, String script) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
