package org.tinytune.tflite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.file.WholeFile;
import org.tinytune.core.graph.Graph;

/** Models on disk. */
public final class ModelFiles {
    private static final int MAX_FILE_BYTES = 1 << 28;

    private ModelFiles() {}

    /**
     * Reads a .tflite file.
     *
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} and one line: the file is missing, cut or damaged,
     *     is no TFLite model, or uses what a graph cannot say
     */
    public static Graph load(Path path) {
        return loadFile(path).graph();
    }

    /**
     * Reads a .tflite file with what a graph leaves out of it.
     *
     * @throws TinytuneException as {@link #load}
     */
    public static ModelFile loadFile(Path path) {
        if (Files.isDirectory(path)) {
            throw invalid(path, "is a folder, not a .tflite file", null);
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
            if (bytes.length > MAX_FILE_BYTES) {
                throw invalid(path, "has more than " + MAX_FILE_BYTES + " bytes", null);
            }
            return TfliteReader.readFile(path.toString(), bytes);
        } catch (NoSuchFileException e) {
            throw invalid(path, "there is no such file", e);
        } catch (IOException e) {
            throw invalid(path, "cannot be read (" + e.getMessage() + ")", e);
        }
    }

    /**
     * Writes a .tflite file, whole or not at all; one that is there is replaced.
     *
     * @throws TinytuneException if it cannot be written
     */
    public static void save(Graph graph, Path path) {
        byte[] bytes = TfliteWriter.write(graph);
        try {
            WholeFile.write(path, bytes);
        } catch (IOException e) {
            throw new TinytuneException(
                    ExitCode.INVALID_INPUT, path + ": cannot be written (" + e.getMessage() + ")", e);
        }
    }

    private static TinytuneException invalid(Path path, String what, Throwable cause) {
        return new TinytuneException(ExitCode.INVALID_INPUT, path + ": " + what, cause);
    }
}
