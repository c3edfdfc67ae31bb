package org.tinytune.train.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.op.resizearea.ResizeAreaParams;
import org.tinytune.core.tensor.Shape;
import org.tinytune.train.settings.TomlTable;

class ResizeTableTest {
    private static final Shape COLOURS = Shape.of(40, 60, 3);
    private static final Shape GREY = Shape.of(40, 60, 1);

    private static ResizeAreaParams read(Shape image, String text) {
        return new ResizeTable(TomlTable.parse("M.toml: features", text), image).read();
    }

    @Test
    void whatIsLeftOutStaysAsItIs() {
        assertThat(read(COLOURS, "block = 'resize'\ngrey = true"))
                .isEqualTo(new ResizeAreaParams(0, 0, 40, 60, 40, 60, true));
        assertThat(read(GREY, "block = 'resize'\nheight = 20"))
                .isEqualTo(new ResizeAreaParams(0, 0, 40, 60, 20, 60, false));
        assertThat(read(GREY, "block = 'resize'\ncrop = [1, 2, 30, 32]\nwidth = 16"))
                .isEqualTo(new ResizeAreaParams(1, 2, 30, 32, 30, 16, false));
    }

    @Test
    void theMiddleHasTheProportionsOfWhatIsLeft() {
        assertThat(read(COLOURS, "block = 'resize'\nheight = 16\nwidth = 16\ncrop = 'middle'"))
                .isEqualTo(new ResizeAreaParams(0, 10, 40, 40, 16, 16, false));
        assertThat(read(COLOURS, "block = 'resize'\nheight = 16\nwidth = 16\ncrop = 'whole'"))
                .isEqualTo(new ResizeAreaParams(0, 0, 40, 60, 16, 16, false));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        height = 20                                  | key 'block' is missing: give it, as in block = "resize"
        block = 'mfcc'                               | block = "mfcc" is for recordings, but samples are images
        block = 'resize'\\nbands = 3                 | unknown key 'bands': known are block, crop, grey, height, width
        block = 'resize'\\nheight = 41               | height = 41: give a whole number from 1 to 40
        block = 'resize'\\nwidth = 0                 | width = 0: give a whole number from 1 to 60
        block = 'resize'\\ngrey = 1                  | grey = 1: give true or false
        block = 'resize'\\ngrey = true               | has 1 channels, not 3 to make grey
        block = 'resize'\\ncrop = 'left'             | crop = "left": give "whole", "middle" or [top, left, height, width]
        block = 'resize'\\ncrop = [1, 2, 3]          | crop = [1, 2, 3]: give [top, left, height, width] in pixels
        block = 'resize'\\ncrop = [20, 0, 21, 60]    | a part of 21 x 60 from row 20 and column 0 on is not within
        block = 'resize'\\ncrop = [0, 0, 0, 5]       | a part of 0 x 5 pixels
        block = 'resize'\\ncrop = [0, 0, 9, 5]\\nwidth = 6 | width = 6: give a whole number from 1 to 5
        """)
    void refusesWhatItCannotMake(String text, String message) {
        assertThatThrownBy(() -> read(GREY, text.replace("\\n", "\n")))
                .isInstanceOf(TinytuneException.class)
                .hasMessageStartingWith("M.toml: features: ")
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(((TinytuneException) e).exitCode()).isEqualTo(ExitCode.INVALID_INPUT));
    }
}
