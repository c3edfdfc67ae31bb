package org.tinytune.test.cli;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.tinytune.core.file.TemporaryFolder;
import org.tinytune.test.Processes;

/**
 * The program's classes as an archive that many JVMs share, made once for all tests of a run: each then starts in half
 * of the time. A JVM shares classes of jars only, so that folders of classes become such.
 */
final class SharedClasses {
    /** Where there is no archive, for whatever reason, a JVM starts without and says nothing. */
    private static final List<String> QUIET = List.of("-Xshare:auto", "-Xlog:cds*=off", "-Xlog:class+path=off");

    private static final SharedClasses ONLY = make();

    private final String classPath;
    private final List<String> options;

    private SharedClasses(String classPath, List<String> options) {
        this.classPath = classPath;
        this.options = options;
    }

    /** Those of this run. */
    static SharedClasses get() {
        return ONLY;
    }

    /** The class path of the program. */
    String classPath() {
        return classPath;
    }

    /** The options of a JVM that shares them. */
    List<String> options() {
        return options;
    }

    private static SharedClasses make() {
        TemporaryFolder folder = TemporaryFolder.create("classes");
        Runtime.getRuntime().addShutdownHook(new Thread(folder::close));
        String classPath = jars(folder.path());
        Path archive = folder.path().resolve("classes.jsa");
        try {
            Files.writeString(folder.path().resolve("data.csv"), "a,b,label\n" + "1,2,x\n3,4,y\n".repeat(20));
            Files.writeString(
                    folder.path().resolve("model.toml"),
                    "[[layer]]\ntype = 'dense'\n[train]\nepochs = 1\nbatch_size = 8\nlearning_rate = 0.01\n");
            List<String> command = new ArrayList<>(List.of(
                    Program.JAVA,
                    "-XX:ArchiveClassesAtExit=" + archive,
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    classPath,
                    "org.tinytune.cli.Main"));
            command.addAll(List.of("train", "--data", "data.csv", "--model", "model.toml", "--out", "out", "--quiet"));
            Processes.run(folder.path(), Map.of("LC_ALL", "C.UTF-8"), command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException("cannot run the program to see which classes it loads", e);
        }
        List<String> options = new ArrayList<>(QUIET);
        if (Files.isRegularFile(archive)) {
            options.add("-XX:SharedArchiveFile=" + archive);
        }
        return new SharedClasses(classPath, List.copyOf(options));
    }

    /** The class path of this test without its own classes. */
    private static String jars(Path into) {
        List<String> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            boolean tests = path.endsWith("test-classes") || entry.endsWith("-tests.jar");
            if (Files.isDirectory(path) && !tests) {
                Path jar = into.resolve("classes-" + jars.size() + ".jar");
                jar(path, jar);
                jars.add(jar.toString());
            } else if (Files.isRegularFile(path) && !tests) {
                jars.add(entry);
            }
        }
        return String.join(File.pathSeparator, jars);
    }

    private static void jar(Path classes, Path jar) {
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file);
                Stream<Path> files = Files.walk(classes)) {
            zip.setLevel(0);
            for (Path source : files.filter(Files::isRegularFile).sorted().toList()) {
                zip.putNextEntry(
                        new ZipEntry(classes.relativize(source).toString().replace(File.separatorChar, '/')));
                Files.copy(source, zip);
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
