package org.tinytune.cli.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TemplateTest {
    private final Template template = new Template(Map.of("model", "digits", "MODEL", "DIGITS"), Set.of("labels"));

    @Test
    void namesStandForValues() {
        assertThat(template.fill("#include \"@model@.h\"\nint n = @MODEL@_BYTES; // $@ a@b.c\n"))
                .isEqualTo("#include \"digits.h\"\nint n = DIGITS_BYTES; // $@ a@b.c\n");
    }

    @Test
    void linesDependOnConditions() {
        assertThat(template.fill("a\n@if labels@\nb\n@if steps@\nc\n@else@\nd\n@end@\n@else@\ne\n@end@\nf\n"))
                .isEqualTo("a\nb\nd\nf\n");
        assertThat(template.fill("@if steps@\n@if labels@\nb\n@else@\nc\n@end@\n@end@\nf"))
                .isEqualTo("f");
    }

    @Test
    void aNameWithoutAValueIsAMistake() {
        assertThatThrownBy(() -> template.fill("@board@")).hasMessageContaining("@board@");
        assertThatThrownBy(() -> template.fill("@if labels@\n")).hasMessageContaining("no end");
    }
}
