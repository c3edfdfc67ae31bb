package org.tinytune.test;

import java.nio.file.Path;

/** Where the files of the project are. */
public final class Repository {
    /** The folder that holds the launcher, {@code toolchain/}, {@code boards/} and the rest. */
    public static final Path ROOT = Path.of(System.getProperty("tinytune.root"));

    private Repository() {}
}
