package org.tinytune.runtimegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.core.tensor.TensorData;

class CTextTest {
    @ParameterizedTest
    @CsvSource({
        "digits, digits",
        "Key Word-Spotting v2, key_word_spotting_v2",
        "8x8, model_8x8",
        "int, model_int",
        "class, model_class",
        "String, model_string",
        "Arduino, model_arduino",
        "tt_conv, model_tt_conv",
        "'  ', model",
        "'', model",
        "Größe, gr_e"
    })
    void makesIdentifiersOfAnyName(String name, String identifier) {
        assertThat(CText.identifier(name)).isEqualTo(identifier);
    }

    @Test
    void printsTheShortestDecimalThatIsTheSameFloat() {
        assertThat(CText.decimal(0.1f)).isEqualTo("0.1");
        assertThat(CText.decimal(0f)).isEqualTo("0.0");
        assertThat(CText.decimal(-3f)).isEqualTo("-3.0");
        assertThat(CText.decimal(1e-10f)).isEqualTo("1E-10");
        assertThat(CText.decimal(1f / 256)).isEqualTo("0.00390625");
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            float value = Float.intBitsToFloat(random.nextInt());
            if (Float.isFinite(value)) {
                assertThat(Float.parseFloat(CText.decimal(value))).isEqualTo(value);
            }
        }
    }

    @Test
    void lineBreaksAndEndsOfCommentsDoNotEndAComment() {
        assertThat(CText.comment("a */ b /* c\n*/ d ??/")).isEqualTo("a * / b / * c * / d ? ?/");
    }

    @Test
    void stringsHoldQuotesTrigraphsAndOtherScripts() {
        assertThat(CText.string("a\"\\??/\n")).isEqualTo("\"a\\042\\134\\077\\077/\\012\"");
        assertThat(CText.string("ü1")).isEqualTo("\"\\303\\2741\"");
    }

    @Test
    void theLeastIntHasNoLiteral() {
        assertThat(CText.elements(TensorData.of(new int[] {Integer.MIN_VALUE, 7})))
                .isEqualTo("    INT32_MIN, 7,");
    }

    @Test
    void wrapsLongLists() {
        List<String> items = Collections.nCopies(30, "1234567");
        assertThat(CText.wrapped("    ", items, ";").lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(116))
                .hasSize(3);
    }
}
