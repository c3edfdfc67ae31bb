package org.tinytune.data.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelPatternTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{label}_{group}_{n}.wav  | 0_george_12.wav      | 0   | george",
                "{label}_{group}_{n}      | recordings/7_jo_1.wav | 7  | jo",
                "{label}/{group}_*        | set/up down/jo_3.csv | up down | jo",
                "{group}/{label}/*.wav    | a/x/jo/yes/1.wav     | yes | jo",
                "{label}.{group}.{n}.json | idle.b.3.json        | idle | b",
            })
    void readsFields(String pattern, String name, String label, String group) {
        LabelPattern.Match match = LabelPattern.parse(pattern).match(name);

        assertThat(match.problem()).isEmpty();
        assertThat(match.fields()).containsEntry("label", label).containsEntry("group", group);
    }

    @Test
    void decomposedLettersAreTheSame() {
        LabelPattern.Match match = LabelPattern.parse("{label}_\u00e4_{n}").match("gru\u0308n_a\u0308_1.wav");

        assertThat(match.fields()).isEqualTo(Map.of("label", "gr\u00fcn", "n", "1"));
    }

    @Test
    void numbersAreDigits() {
        assertThat(LabelPattern.parse("{label}_{n}").match("up_down_3.wav").fields())
                .isEqualTo(Map.of("label", "up_down", "n", "3"));
    }

    @Test
    void doesNotGuessWhereTwoReadingsFit() {
        assertThat(LabelPattern.parse("{label}_{group}_{n}")
                        .match("up_down_jo_3.wav")
                        .problem()
                        .orElseThrow())
                .startsWith(
                        "fits the pattern '{label}_{group}_{n}' in more than one way, {label=up, group=down_jo, n=3}");
    }

    @Test
    void saysWhichNameDoesNotFit() {
        assertThat(LabelPattern.parse("{label}_{n}.wav").match("yes.wav").problem())
                .contains("does not fit the pattern '{label}_{n}.wav'");
    }

    /** Where files say their labels themselves. */
    @Test
    void aGroupMayStandAlone() {
        assertThat(LabelPattern.parse("{group}_{n}").match("jo_3.csv").fields())
                .isEqualTo(Map.of("group", "jo", "n", "3"));
    }

    @ParameterizedTest
    @CsvSource({"{speaker}_{n}.wav, names no", "{label}_{label}, names a field twice", "{label_{n}, has a brace"})
    void refusesPatternsThatSayNothing(String pattern, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelPattern.parse(pattern))
                .withMessageStartingWith(why);
    }

    @Test
    void anEndingThatThePatternLeavesOutIsNoPartOfAField() {
        assertThat(LabelPattern.parse("{group}/{label}").match("jo/walk.csv").fields())
                .isEqualTo(Map.of("group", "jo", "label", "walk"));
        assertThat(LabelPattern.parse("{label}.{n}").match("walk.12").fields())
                .isEqualTo(Map.of("label", "walk", "n", "12"));
        assertThat(LabelPattern.parse("{label}.{n}").match("walk.12.wav").fields())
                .isEqualTo(Map.of("label", "walk", "n", "12"));
    }
}
