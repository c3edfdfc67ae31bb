package org.tinytune.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ConditionTest {

    @Test
    void rangesIncludeTheirEnds() {
        Condition range = Condition.inRange("blocks", 2, 4);
        assertThat(range.allows(1)).isFalse();
        assertThat(range.allows(2)).isTrue();
        assertThat(range.allows(4)).isTrue();
        assertThat(range.allows(5)).isFalse();
        assertThat(Condition.atLeast("blocks", 3).allows(2)).isFalse();
        assertThat(Condition.atLeast("blocks", 3).allows(Integer.MAX_VALUE)).isTrue();
    }

    @Test
    void choicesMustBeEqual() {
        Condition condition = Condition.oneOf("head", "dense", "pool");
        assertThat(condition.allows("dense")).isTrue();
        assertThat(condition.allows("den")).isFalse();
        assertThat(condition.allows(1)).isFalse();
    }

    /** The value of a parameter that is itself inactive is null. */
    @Test
    void nothingIsAllowedByAbsence() {
        assertThat(Condition.inRange("blocks", Integer.MIN_VALUE, Integer.MAX_VALUE)
                        .allows(null))
                .isFalse();
        assertThat(Condition.oneOf("head", "null").allows(null)).isFalse();
        assertThat(Condition.inRange("blocks", 0, 9).allows(1.0)).isFalse();
    }

    @Test
    void describesItself() {
        assertThat(Condition.inRange("blocks", 3, 5).describe()).isEqualTo("blocks in [3, 5]");
        assertThat(Condition.atLeast("blocks", 3).describe()).isEqualTo("blocks >= 3");
        assertThat(Condition.oneOf("head", "dense", "pool").describe()).isEqualTo("head in [dense, pool]");
        assertThat(Condition.oneOf("head", "dense, pool").describe()).isEqualTo("head in [\"dense, pool\"]");
    }

    @Test
    void refusesNoChoice() {
        assertThatThrownBy(() -> Condition.oneOf("head")).isInstanceOf(IllegalArgumentException.class);
    }
}
