package org.tinytune.runtimegen;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tinytune.runtimegen.emit.Field;
import org.tinytune.runtimegen.emit.KernelCall;

/**
 * A compiled function of the library: a kernel for one geometry, called by every node that has it. Whatever differs
 * between these is passed; what is the same in all is a constant.
 */
final class KernelFunction {
    private final String name;
    private final boolean ranged;
    private final List<KernelCall> calls = new ArrayList<>();

    /**
     * A function without calls yet.
     *
     * @param name in the source
     * @param ranged whether the function takes a range of rows
     */
    KernelFunction(String name, boolean ranged) {
        this.name = name;
        this.ranged = ranged;
    }

    /** Adds a node's call, of the same kernel and geometry as all others. */
    void add(KernelCall call) {
        calls.add(call);
    }

    /** The name in the source. */
    String name() {
        return name;
    }

    /** Any of the calls: kernel, geometry and arrays' names are equal in all. */
    KernelCall model() {
        return calls.get(0);
    }

    /** Which fields of the quantization differ between the calls, by index. */
    List<Integer> passedFields() {
        return IntStream.range(0, model().quantization().size())
                .filter(i -> calls.stream()
                                .map(c -> c.quantization().get(i).value())
                                .distinct()
                                .count()
                        > 1)
                .boxed()
                .toList();
    }

    /** The function's definition. */
    String definition() {
        String head = "TT_SHARED void " + name + "(";
        StringBuilder text = new StringBuilder();
        text.append(head)
                .append(CText.wrapped(" ".repeat(head.length()), parameters(), ")")
                        .strip());
        text.append("\n{\n    const tt_").append(model().kernel()).append("_params params = {\n");
        List<Integer> passed = passedFields();
        for (Field field : model().geometry()) {
            text.append(assignment(field, Integer.toString(field.value())));
        }
        for (int i = 0; i < model().quantization().size(); i++) {
            Field field = model().quantization().get(i);
            text.append(assignment(field, passed.contains(i) ? field.name() : CText.intLiteral(field.value())));
        }
        String call = "    " + model().function() + "(";
        text.append("    };\n").append(call);
        text.append(CText.wrapped(" ".repeat(call.length()), kernelArguments(), ");")
                .strip());
        return text.append("\n}\n").toString();
    }

    private static String assignment(Field field, String value) {
        return "        ." + field.name() + " = " + value + ",\n";
    }

    /** Whether several nodes call it, or one in parts: then its arguments differ from call to call. */
    boolean isShared() {
        return calls.size() > 1 || ranged;
    }

    /** The function's parameters, with their types. */
    List<String> parameters() {
        List<String> parameters = new ArrayList<>();
        String inputType = CText.type(model().inputType());
        inputNames().forEach(name -> parameters.add("const " + inputType + " *" + name));
        stateNames().forEach(name -> parameters.add("int8_t *" + name));
        model().arrays()
                .forEach(array ->
                        parameters.add("const " + CText.type(array.data().type()) + " *" + array.name()));
        for (int i : passedFields()) {
            boolean wide = calls.stream().anyMatch(c -> {
                int value = c.quantization().get(i).value();
                return value != (short) value;
            });
            parameters.add(
                    (wide ? "int32_t " : "int ") + model().quantization().get(i).name());
        }
        if (model().scratchBytes() > 0) {
            parameters.add("int8_t *scratch");
        }
        parameters.add(CText.type(model().outputType()) + " *output");
        if (ranged) {
            parameters.add("int row_begin");
            parameters.add("int row_end");
        }
        return parameters;
    }

    private List<String> kernelArguments() {
        List<String> arguments = new ArrayList<>(List.of("&params"));
        arguments.addAll(inputNames());
        arguments.addAll(stateNames());
        model().arrays().forEach(array -> arguments.add(array.name()));
        if (model().scratch()) {
            arguments.add(model().scratchBytes() > 0 ? "scratch" : "0");
        }
        arguments.add("output");
        if (ranged) {
            arguments.addAll(List.of("row_begin", "row_end"));
        } else if (model().rows() != KernelCall.WITHOUT_ROWS) {
            arguments.addAll(List.of("0", Integer.toString(model().rows())));
        }
        return arguments;
    }

    private List<String> inputNames() {
        return numbered("input", model().inputs().size());
    }

    private List<String> stateNames() {
        return numbered("state", model().states().size());
    }

    private static List<String> numbered(String name, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> count == 1 ? name : name + "_" + i)
                .collect(Collectors.toList());
    }
}
