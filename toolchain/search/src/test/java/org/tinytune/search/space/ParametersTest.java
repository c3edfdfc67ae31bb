package org.tinytune.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParametersTest {
    private final Parameters parameters = new Parameters(Map.of("rate", 0.5, "blocks", 3, "head", "dense"));

    @Test
    void givesValuesByTheirType() {
        assertThat(parameters.getDouble("rate")).isEqualTo(0.5);
        assertThat(parameters.getInt("blocks")).isEqualTo(3);
        assertThat(parameters.getString("head")).isEqualTo("dense");
        assertThat(parameters.has("head")).isTrue();
        assertThat(parameters.has("tail")).isFalse();
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> parameters.getInt("tail"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("parameter tail is not active");
        assertThatThrownBy(() -> parameters.getInt("rate"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("parameter rate is 0.5, not of type Integer");
    }

    @Test
    void copiesItsValuesAndKeepsTheirOrder() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("z", 1);
        values.put("a", 2);
        Parameters copy = new Parameters(values);
        values.put("m", 3);
        assertThat(copy.values().keySet()).containsExactly("z", "a");
        assertThatThrownBy(() -> copy.values().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void refusesOtherTypes() {
        assertThatThrownBy(() -> new Parameters(Map.of("rate", 1L))).hasMessageContaining("rate = 1");
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("rate", null);
        assertThatThrownBy(() -> new Parameters(values)).hasMessageContaining("rate = null");
    }
}
