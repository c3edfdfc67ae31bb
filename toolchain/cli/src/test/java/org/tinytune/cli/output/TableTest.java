package org.tinytune.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tinytune.cli.output.Table.left;
import static org.tinytune.cli.output.Table.right;

import org.junit.jupiter.api.Test;

class TableTest {
    private final Table table = new Table(left("board"), right("RAM"), left("note"))
            .row("uno", "2,048 B", "")
            .row("größer", "64 B", "a|b");

    @Test
    void alignsColumnsWithoutTrailingBlanks() {
        assertThat(table.text()).isEqualTo("""
                        board       RAM  note
                        uno     2,048 B
                        größer     64 B  a|b
                        """);
    }

    @Test
    void writesMarkdownAndEscapesBars() {
        assertThat(table.markdown()).isEqualTo("""
                        | board | RAM | note |
                        | --- | --: | --- |
                        | uno | 2,048 B |  |
                        | größer | 64 B | a\\|b |
                        """);
    }

    @Test
    void rejectsARowOfAnotherLength() {
        assertThatThrownBy(() -> table.row("one")).isInstanceOf(IllegalArgumentException.class);
    }
}
