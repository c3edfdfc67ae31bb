package org.tinytune.train.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.train.Epoch.Phase;
import org.tinytune.train.settings.TomlTable.Extent;

class TomlTableTest {
    private static TomlTable table(String text) {
        return TomlTable.parse("M.toml", text);
    }

    private static void assertRefused(String text, Consumer<TomlTable> read, String message) {
        assertThatThrownBy(() -> read.accept(table(text)))
                .isInstanceOf(TinytuneException.class)
                .hasMessage(message)
                .extracting(e -> ((TinytuneException) e).exitCode())
                .isEqualTo(ExitCode.INVALID_INPUT);
    }

    @Test
    void readsWhatIsThere() {
        TomlTable table = table("i = 3\nd = 1e-3\nt = 'x'\nb = true\ne = [3, 5]\nw = 'int8'\n[in]\nside = 7\n");
        assertThat(table.integer("i", 0, 3)).isEqualTo(3);
        assertThat(table.number("d")).isEqualTo(1e-3);
        assertThat(table.number("i")).isEqualTo(3);
        assertThat(table.text("t", "")).isEqualTo("x");
        assertThat(table.flag("b", false)).isTrue();
        assertThat(table.extent("e", 9)).isEqualTo(new Extent(3, 5));
        assertThat(table.extent("i", 9)).isEqualTo(new Extent(3, 3));
        assertThat(table.word("w", Phase.FLOAT)).isEqualTo(Phase.INT8);
        assertThat(table.table("in").extent("side", 1, 9)).isEqualTo(new Extent(7, 7));
        table.requireNothingElse();
    }

    @Test
    void whatIsLeftOutIsAsUsual() {
        TomlTable table = table("");
        assertThat(table.integerOr("i", 4, 0, 9)).isEqualTo(4);
        assertThat(table.numberOr("d", 0.5)).isEqualTo(0.5);
        assertThat(table.textOr("t", "y")).isEqualTo("y");
        assertThat(table.flag("b", true)).isTrue();
        assertThat(table.extent("e", 2, 9)).isEqualTo(new Extent(2, 2));
        assertThat(table.table("in").integerOr("i", 1, 0, 9)).isEqualTo(1);
        assertThat(table.tables("list")).isEmpty();
    }

    @Test
    void everyMistakeIsOneLineWithThePlace() {
        assertRefused(
                "a = 1\nb = 2",
                t -> {
                    t.integer("a", 0, 9);
                    t.requireNothingElse();
                },
                "M.toml: unknown key 'b': known are a");
        assertRefused("", t -> t.integer("a", 1, 9), "M.toml: key 'a' is missing: give it, as in a = 1");
        assertRefused("a = 10", t -> t.integer("a", 1, 9), "M.toml: a = 10: give a whole number from 1 to 9");
        assertRefused("a = 1.5", t -> t.integer("a", 1, 9), "M.toml: a = 1.5: give a whole number from 1 to 9");
        assertRefused("a = '1'", t -> t.integer("a", 1, 9), "M.toml: a = \"1\": give a whole number from 1 to 9");
        assertRefused(
                "a = 99999999999",
                t -> t.integer("a", 1, 9),
                "M.toml: a = 99999999999: give a whole number from 1 to 9");
        assertRefused("a = nan", t -> t.number("a"), "M.toml: a = \"NaN\": give a number");
        assertRefused("a = inf", t -> t.number("a"), "M.toml: a = \"Infinity\": give a number");
        assertRefused("a = 1", t -> t.text("a", "x"), "M.toml: a = 1: give a text, as in \"x\"");
        assertRefused("a = 1", t -> t.flag("a", true), "M.toml: a = 1: give true or false");
        assertRefused(
                "a = 'x'",
                t -> t.word("a", Phase.INT8),
                "M.toml: a = \"x\": give one of \"float\", \"int8\", \"pruned\"");
        assertRefused(
                "a = [1, 2, 3]", t -> t.extent("a", 9), "M.toml: a = [1,2,3]: give one number, or [height, width]");
        assertRefused("a = 1", t -> t.table("a"), "M.toml: a = 1: give a table, [a]");
        assertRefused("a = 1", t -> t.tables("a"), "M.toml: a = 1: give tables, [[a]]");
        assertRefused(
                "[a]\nb = 1", t -> t.table("a").requireNothingElse(), "M.toml: a: unknown key 'b': none is known here");
        assertRefused(
                "[[a]]\n[[a]]\nb = 1",
                t -> t.tables("a").get(1).text("b", "x"),
                "M.toml: a 2: b = 1: give a text, as in \"x\"");
    }

    @Test
    void whatIsNoTomlIsToldWithItsLine() {
        assertThatThrownBy(() -> table("a = 1\nb = = 2\n"))
                .isInstanceOf(TinytuneException.class)
                .hasMessageStartingWith("M.toml, line 2: no TOML: ");
        assertThatThrownBy(() -> table("a = 1\na = 2\n")).isInstanceOf(TinytuneException.class);
    }
}
