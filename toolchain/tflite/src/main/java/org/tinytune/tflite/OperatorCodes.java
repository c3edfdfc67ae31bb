package org.tinytune.tflite;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.Operators;

/** The table of operators that a file's nodes refer to. */
final class OperatorCodes {
    private final List<OperatorCode> codes = new ArrayList<>();

    /**
     * An entry.
     *
     * @param name as the schema has it, with the version
     * @param version as the file states it
     * @param operator empty if the operator or its version is not known here
     */
    record OperatorCode(String name, int version, Optional<Operator<?>> operator) {}

    OperatorCodes(List<FlatTable> tables) {
        for (FlatTable table : tables) {
            int builtin = Math.max(
                    table.getInt(Schema.OperatorCode.BUILTIN_CODE, 0),
                    table.getByte(Schema.OperatorCode.DEPRECATED_BUILTIN_CODE, 0));
            int version = table.getInt(Schema.OperatorCode.VERSION, 1);
            Optional<Operator<?>> operator = Operators.byBuiltinOperator(builtin);
            int highest = operator.map(o -> o.tflite().highestVersion()).orElse(0);
            boolean known = version >= 1 && version <= highest;
            String name = name(table, builtin) + " version " + version;
            codes.add(
                    known
                            ? new OperatorCode(name, version, operator)
                            : new OperatorCode(
                                    highest == 0 ? name : name + " (up to " + highest + " is)",
                                    version,
                                    Optional.empty()));
        }
    }

    private static String name(FlatTable table, int builtin) {
        if (builtin == BuiltinOperator.CUSTOM) {
            return "CUSTOM '"
                    + table.text(Schema.OperatorCode.CUSTOM_CODE)
                            .map(Text::oneLine)
                            .orElse("") + "'";
        }
        boolean named = builtin >= 0 && builtin < BuiltinOperator.names.length;
        return named ? BuiltinOperator.name(builtin) : "operator " + builtin;
    }

    /** Entry {@code index}, an unsigned number. */
    OperatorCode get(int index) {
        if (index < 0 || index >= codes.size()) {
            throw new InvalidModelException(
                    "there is no operator code " + Integer.toUnsignedString(index) + " among " + codes.size());
        }
        return codes.get(index);
    }
}
