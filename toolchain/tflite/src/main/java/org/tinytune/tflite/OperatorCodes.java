package org.tinytune.tflite;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tinytune.core.graph.ImportedOperator;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.op.Operators;

/** The table of operators that a file's nodes refer to. */
final class OperatorCodes {
    private final List<OperatorCode> codes = new ArrayList<>();

    /**
     * An entry.
     *
     * @param builtinOperator its number in the schema
     * @param name as the schema has it
     * @param version as the file states it
     * @param anyVersion the operator, whatever its version; empty if it is not known here
     */
    record OperatorCode(int builtinOperator, String name, int version, Optional<ImportedOperator> anyVersion) {
        /** Empty if the operator or its version is not known here. */
        Optional<ImportedOperator> operator() {
            return anyVersion.filter(o -> version >= 1 && version <= o.highestVersion());
        }

        /** Name and version, and up to which version the operator is known if that is not enough. */
        String title() {
            String title = name + " version " + version;
            return anyVersion
                    .filter(o -> operator().isEmpty())
                    .map(o -> title + " (up to " + o.highestVersion() + " is)")
                    .orElse(title);
        }
    }

    OperatorCodes(List<FlatTable> tables) {
        for (FlatTable table : tables) {
            int builtin = Math.max(
                    table.getInt(Schema.OperatorCode.BUILTIN_CODE, 0),
                    table.getByte(Schema.OperatorCode.DEPRECATED_BUILTIN_CODE, 0));
            int version = table.getInt(Schema.OperatorCode.VERSION, 1);
            codes.add(new OperatorCode(builtin, name(table, builtin), version, Operators.imported(builtin)));
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
