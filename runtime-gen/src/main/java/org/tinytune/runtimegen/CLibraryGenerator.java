package org.tinytune.runtimegen;

import java.util.SortedMap;
import java.util.TreeMap;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.plan.Plan;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.runtimegen.emit.FlashArray;

/**
 * Writes a graph and its plan as a C library: C99, no heap, no standard input or output, one static arena. Equal graphs
 * and plans give equal bytes.
 */
public final class CLibraryGenerator {
    private final CTarget target;

    /** @param target the machine that the library is written for */
    public CLibraryGenerator(CTarget target) {
        this.target = target;
    }

    /**
     * The library, with the model's own name as prefix.
     *
     * @throws InvalidModelException naming the tensor or node that cannot run on a device
     * @throws TinytuneException with {@link ExitCode#DOES_NOT_FIT} if the target cannot index it
     */
    public CLibrary generate(Graph graph, Plan plan) {
        return generate(graph, plan, graph.metadata().name());
    }

    /**
     * The library with any prefix.
     *
     * @param name made into a C identifier; {@code model} gives {@code model.h}, {@code model_invoke()} and
     *     {@code MODEL_ARENA_BYTES}
     * @throws InvalidModelException naming the tensor or node that cannot run on a device
     * @throws TinytuneException with {@link ExitCode#DOES_NOT_FIT} if the target cannot index it
     */
    public CLibrary generate(Graph graph, Plan plan, String name) {
        checkTensors(graph);
        Names names = new Names(CText.identifier(name));
        Emission emission = Emission.of(graph, plan, target);
        checkIndexable("the arena", plan.arenaBytes());
        emission.arrays().forEach(array -> checkIndexable("the " + array.name(), array.bytes()));
        SortedMap<String, String> files = new TreeMap<>(KernelFiles.closure(emission.kernels(), target));
        files.put(names.prefix() + ".h", ModelHeader.print(graph, plan, target, names));
        files.put(names.prefix() + ".c", ModelSource.print(graph, plan, emission, target, names));
        long constants = emission.arrays().stream().mapToLong(FlashArray::bytes).sum();
        return new CLibrary(names.prefix(), GraphHash.of(graph), constants, files);
    }

    private static void checkTensors(Graph graph) {
        for (Tensor tensor : graph.tensors()) {
            boolean isFloat = tensor.type() == ElementType.FLOAT32;
            boolean isActivation = tensor.type() == ElementType.INT8 || tensor.type() == ElementType.INT16;
            if (!tensor.isConstant() && (tensor.state() ? isFloat : !isActivation)) {
                throw new InvalidModelException("tensor '" + tensor.name() + "' is " + tensor.type()
                        + ", but a C library computes int8 or int16 (quantize the model first)");
            }
        }
    }

    private void checkIndexable(String what, int bytes) {
        if (bytes > target.maxArrayBytes()) {
            throw new TinytuneException(
                    ExitCode.DOES_NOT_FIT,
                    what + " of " + bytes + " B are too large for " + target.title() + ", which can index "
                            + target.maxArrayBytes() + " B (choose a smaller model)");
        }
    }
}
