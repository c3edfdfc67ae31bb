package org.tinytune.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.train.ListedSamples;

class SampleCheckTest {
    private static ListedSamples samples() {
        return new ListedSamples(2, 3).add(0, 1, 2, 3).add(1, -1e38f, Float.MIN_VALUE, 0);
    }

    @Test
    void numbersAreFine() {
        assertThatCode(() -> SampleCheck.check("training", samples())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void theSampleAndTheValueAreNamed(float value) {
        assertRefused(
                samples().add(0, 1, value, value),
                "training sample 3 of 3, number 3 of the data set, has " + value
                        + " as value 2 of 3: mend or remove it");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 2})
    void aClassThatThereIsNoneOfIsNamed(int target) {
        assertRefused(
                samples().add(target, 1, 2, 3),
                "training sample 3 of 3, number 3 of the data set, is of class " + target
                        + ", of 0 to 1: mend or remove it");
    }

    private static void assertRefused(ListedSamples samples, String message) {
        assertThatThrownBy(() -> SampleCheck.check("training", samples))
                .isInstanceOfSatisfying(
                        TinytuneException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INVALID_INPUT))
                .hasMessage(message);
    }
}
