package org.tinytune.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/**
 * What this program was built from, as {@code --version} and provenance say it.
 *
 * @param version of the project
 * @param commit first 12 digits of the commit's hash, with {@code -modified} behind it if the files differed from that
 *     commit; {@code unknown} if it was built without its repository
 */
public record BuildInfo(String version, String commit) {
    /** Reads what the build wrote down. */
    public static BuildInfo load() {
        Properties properties = new Properties();
        try (InputStream in = BuildInfo.class.getResourceAsStream("build.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new BuildInfo(properties.getProperty("version"), properties.getProperty("commit"));
    }

    /** Version and commit, which together say what the same input becomes. */
    public String text() {
        return version + " (commit " + commit + ")";
    }

    /** The one line of {@code --version}. */
    static final class VersionLine implements IVersionProvider {
        @Override
        public String[] getVersion() {
            BuildInfo build = load();
            return new String[] {
                "tinytune " + build.version() + " (commit " + build.commit() + ", JDK " + Runtime.version() + ")"
            };
        }
    }
}
