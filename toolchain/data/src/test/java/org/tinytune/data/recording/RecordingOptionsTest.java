package org.tinytune.data.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordingOptionsTest {
    @ParameterizedTest
    @CsvSource({
        "1s, 8000, 8000",
        "500ms, 8000, 4000",
        "128 samples, 8000, 128",
        "1.5s, 104, 156",
        "1ms, 10, 1",
        "999999999min, 48000, 2147483647",
    })
    void aWindowIsATimeOrSamples(String text, double rate, int frames) {
        assertThat(options("window", text).windows().length().orElseThrow().frames(rate))
                .isEqualTo(frames);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "window         | 1           | window '1' is not a length such as 1s, 500ms or 128 samples",
                "window         | 0s          | window '0s' is not a length",
                "window         | 1.5 samples | window '1.5 samples' is not a length",
                "window_padding | left        | window_padding 'left' is none of centre, zero, repeat",
                "rate           | fast        | rate 'fast' is not a rate in Hz such as 8000 or 104",
                "rate           | 0           | rate '0' is not a rate",
                "scale          | -1          | scale '-1' is not real units a count, such as 0.001",
                "mono           | yes         | mono 'yes' is neither true nor false",
                "time_unit      | d           | time_unit 'd' is none of h, min, s, ms, us, ns",
                "test           | index       | test 'index' is not a rule such as \"index < 5\"",
                "test           | index < x   | test 'index < x' compares with 'x', which is no whole number",
                "label_pattern  | *.wav       | label_pattern '*.wav' names no {label}",
                "windows        | 1s          | windows is none of [columns, group_column,",
            })
    void saysWhatIsWrong(String key, String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options(key, text))
                .withMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource({
        "index < 5, 4, TEST",
        "index < 5, 10, TRAINING",
        "index >= 5, 10, TEST",
        "index = 05, 5, TEST",
        "index != 5, 5, TRAINING",
        "index = theo, theo, TEST",
    })
    void aRuleTellsTheTestPart(String rule, String value, DataPart part) {
        assertThat(options("test", rule).test().orElseThrow().part(Map.of("index", value)))
                .contains(part);
    }

    @Test
    void aRuleNeedsItsField() {
        TestRule rule = options("test", "index < 5").test().orElseThrow();

        assertThat(rule.part(Map.of("n", "4"))).isEmpty();
        assertThat(rule.part(Map.of("index", "x"))).isEmpty();
    }

    @Test
    void whatTheUserSaysGoesFirst() {
        RecordingOptions file = options("rate", "8000").with(options("window", "1s"));

        assertThat(file.with(options("rate", "16000")).texts()).isEqualTo(Map.of("rate", "16000", "window", "1s"));
    }

    private static RecordingOptions options(String key, String text) {
        return new RecordingOptions(new TreeMap<>(Map.of(key, text)));
    }
}
