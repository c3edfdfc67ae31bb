package org.tinytune.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitPlanTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"stratified", "stable", "forward", "kfold:5/2", "forward:4/4", "group:Ann: a 2nd", "group:1/2"})
    void isReadAsItIsWritten(String text) {
        assertThat(SplitPlan.parse(text)).hasToString(text);
    }

    @Test
    void saysWhetherItChoosesTheTestPart() {
        assertThat(SplitPlan.parse("kfold:5/2")).isEqualTo(SplitPlan.kFold(5, 2));
        assertThat(SplitPlan.kFold(5, 2).choosesTest()).isTrue();
        assertThat(SplitPlan.forward(5, 2).choosesTest()).isTrue();
        assertThat(SplitPlan.leaveOut("x").choosesTest()).isTrue();
        assertThat(SplitPlan.parse("forward").choosesTest()).isFalse();
        assertThat(SplitPlan.parse("stable").choosesTest()).isFalse();
        assertThat(SplitPlan.parse("stratified")).isEqualTo(SplitPlan.STRATIFIED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "random       | 'random' is no way to divide data: give stratified, stable, forward, kfold:K/I",
                "kfold        | 'kfold' is no way to divide data",
                "kfold:5      | 'kfold:5' is no way to divide data",
                "group:       | 'group:' is no way to divide data",
                "Stable       | 'Stable' is no way to divide data",
                "kfold:1/1    | 1 folds: give 2 to 1000",
                "kfold:0/1    | 0 folds: give 2 to 1000",
                "kfold:1001/1 | 1001 folds: give 2 to 1000",
                "kfold:5/0    | fold 0 of 5: they are counted from 1 to 5",
                "forward:5/6  | fold 6 of 5: they are counted from 1 to 5",
            })
    void refusesOtherTexts(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SplitPlan.parse(text))
                .withMessageContaining(message);
    }
}
