package org.tinytune.cli.model;

import java.nio.file.Path;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.sim.Int8Support;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.tflite.FileNode;
import org.tinytune.tflite.ModelFile;
import org.tinytune.tflite.ModelFiles;
import picocli.CommandLine.Parameters;

/** The model that a command works on. A picocli mixin. */
public final class ModelArgument {
    @Parameters(index = "0", paramLabel = "MODEL", description = "A .tflite file.")
    private Path path;

    /** As the user wrote it. */
    public Path path() {
        return path;
    }

    /**
     * Reads the model.
     *
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if it cannot be read, or holds what is not
     *     supported
     */
    public Graph load() {
        return ModelFiles.load(path);
    }

    /**
     * Reads a model that simulator and boards can run.
     *
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT}, also if it computes in anything but int8 and int16
     */
    public Graph loadInt8() {
        return loadInt8File().graph();
    }

    /**
     * Reads a model that simulator and boards can run, with what a graph leaves out of its file.
     *
     * @throws TinytuneException as {@link #loadInt8}
     */
    public ModelFile loadInt8File() {
        ModelFile file = ModelFiles.loadFile(path);
        requireInt8(file.graph());
        try {
            Int8Support.require(
                    file.graph(),
                    file.origins().stream().map(FileNode::toString).toList());
        } catch (InvalidModelException e) {
            throw new TinytuneException(ExitCode.INVALID_INPUT, path + ": " + e.getMessage(), e);
        }
        return file;
    }

    private void requireInt8(Graph graph) {
        for (Tensor tensor : graph.tensors()) {
            boolean integers = tensor.type() == ElementType.INT8 || tensor.type() == ElementType.INT16;
            if (!tensor.isConstant() && !integers) {
                throw new TinytuneException(
                        ExitCode.INVALID_INPUT,
                        path + ": tensor '" + tensor.name() + "' is " + tensor.type()
                                + ", but boards and simulator compute int8 and int16 (quantize the model, inputs and outputs too)");
            }
        }
    }
}
