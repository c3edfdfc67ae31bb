package org.tinytune.runtimegen.emit;

import java.util.ArrayList;
import java.util.List;
import org.tinytune.core.tensor.ElementType;

/**
 * What a node asks of a C kernel. Calls of one kernel with equal geometry share one compiled function, to which
 * whatever else differs between them is passed.
 *
 * @param kernel as in {@code conv_2d}: header {@code tt_conv_2d_s8.h}, function {@code tt_conv_2d_s8}, parameters
 *     {@code tt_conv_2d_params}; or with a type other than int8, as in {@code conv_2d_s16}: header
 *     {@code tt_conv_2d_s16.h}
 * @param inputType what the kernel takes its inputs for: bytes, or int16
 * @param outputType what it takes its output for
 * @param summary of the geometry in a few words, for the reader of the C code
 * @param geometry fields that are compiled in
 * @param quantization fields that are compiled in where all calls of a geometry agree, and passed where they do not
 * @param inputs indices of the operands that are passed, before the arrays
 * @param states indices of the operands that are passed to be written to, after the inputs
 * @param arrays constants that are passed, before the scratch and the output
 * @param scratch whether the kernel takes scratch in the arena
 * @param scratchBytes that it needs; 0 if the geometry needs none
 * @param rows how many rows the kernel computes when the output is computed whole; {@link #WITHOUT_ROWS} if it takes no
 *     range of rows
 */
public record KernelCall(
        String kernel,
        ElementType inputType,
        ElementType outputType,
        String summary,
        List<Field> geometry,
        List<Field> quantization,
        List<Integer> inputs,
        List<Integer> states,
        List<FlashArray> arrays,
        boolean scratch,
        int scratchBytes,
        int rows) {

    private static final String INT16 = "_s16";

    /** Of a kernel that takes no range of rows. */
    public static final int WITHOUT_ROWS = 0;

    /** Keeps copies. */
    public KernelCall {
        geometry = List.copyOf(geometry);
        quantization = List.copyOf(quantization);
        inputs = List.copyOf(inputs);
        states = List.copyOf(states);
        arrays = List.copyOf(arrays);
    }

    /** A call of that kernel, to be described; it reads and writes bytes. */
    static Builder of(String kernel) {
        return new Builder(kernel, ElementType.INT8, ElementType.INT8);
    }

    /** A call of the kernel of that name for int16. */
    static Builder ofInt16(String kernel) {
        return new Builder(kernel + INT16, ElementType.INT16, ElementType.INT16);
    }

    /** A call of a kernel whose name tells its types, of which at least one is int16. */
    static Builder of(String kernel, ElementType inputType, ElementType outputType) {
        return new Builder(kernel, inputType, outputType);
    }

    /** The kernel's function in C. */
    public String function() {
        return function(kernel);
    }

    /** The function in C of a kernel of that name, which its header is named after. */
    public static String function(String kernel) {
        return "tt_" + kernel + (kernel.contains(INT16) ? "" : "_s8");
    }

    /** Puts a call together in the order of the kernel's parameters. */
    static final class Builder {
        private final String kernel;
        private final ElementType inputType;
        private final ElementType outputType;
        private final List<Field> geometry = new ArrayList<>();
        private final List<Field> quantization = new ArrayList<>();
        private final List<FlashArray> arrays = new ArrayList<>();
        private List<Integer> inputs = List.of(0);
        private List<Integer> states = List.of();
        private String summary = "";
        private boolean scratch;
        private int scratchBytes;
        private int rows = WITHOUT_ROWS;

        private Builder(String kernel, ElementType inputType, ElementType outputType) {
            this.kernel = kernel;
            this.inputType = inputType;
            this.outputType = outputType;
        }

        Builder summary(String text) {
            summary = text;
            return this;
        }

        Builder geometry(String name, int value) {
            geometry.add(new Field(name, value));
            return this;
        }

        Builder quantization(String name, int value) {
            quantization.add(new Field(name, value));
            return this;
        }

        Builder inputs(Integer... operands) {
            inputs = List.of(operands);
            return this;
        }

        Builder states(Integer... operands) {
            states = List.of(operands);
            return this;
        }

        Builder array(FlashArray array) {
            arrays.add(array);
            return this;
        }

        Builder scratch(int bytes) {
            scratch = true;
            scratchBytes = bytes;
            return this;
        }

        Builder rows(int count) {
            rows = count;
            return this;
        }

        KernelCall build() {
            return new KernelCall(
                    kernel,
                    inputType,
                    outputType,
                    summary,
                    geometry,
                    quantization,
                    inputs,
                    states,
                    arrays,
                    scratch,
                    scratchBytes,
                    rows);
        }
    }
}
