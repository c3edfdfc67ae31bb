package org.tinytune.runtimegen;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Prints a library's labels: an array in flash, and the function that copies one of them. */
final class ModelLabels {
    private static final String COPY = """
            void model_label(int output_class, char *text)
            {
                const int8_t *label = (const int8_t *)labels[output_class];
                do {
                    *text = (char)tt_flash_s8(label++);
                } while (*text++ != '\\0');
            }
            """;

    private ModelLabels() {}

    /** Bytes of the longest label, its terminator included. */
    static int bytesEach(List<String> labels) {
        return 1
                + labels.stream()
                        .mapToInt(label -> label.getBytes(StandardCharsets.UTF_8).length)
                        .max()
                        .orElse(0);
    }

    /** The array and the function. */
    static String print(List<String> labels, Names names) {
        StringBuilder text = new StringBuilder();
        text.append(names.in("static const char labels[MODEL_LABELS][MODEL_LABEL_BYTES] TT_FLASH = {\n"));
        labels.forEach(label -> text.append("    ").append(CText.string(label)).append(",\n"));
        return text.append("};\n\n").append(names.in(COPY)).toString();
    }
}
