package org.tinytune.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tinytune.cli.output.Table;

/** Tables in documents, which tests write. */
public final class DocumentTable {
    private DocumentTable() {}

    /**
     * Compares the table between the comments {@code <!-- name -->} and {@code <!-- /name -->}; with the system
     * property {@code tinytune.update=true}, writes it instead.
     */
    public static void holds(Path file, String name, Table table) throws IOException {
        String text = Files.readString(file);
        String begin = "<!-- " + name + " -->\n";
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf("<!-- /" + name + " -->");
        assertThat(to).as("end of the table").isGreaterThanOrEqualTo(from);
        if (Boolean.getBoolean("tinytune.update")) {
            Files.writeString(file, text.substring(0, from) + table.markdown() + text.substring(to));
        } else {
            assertThat(text.substring(from, to))
                    .as(name + " (write it with -Dtinytune.update=true)")
                    .isEqualTo(table.markdown());
        }
    }
}
