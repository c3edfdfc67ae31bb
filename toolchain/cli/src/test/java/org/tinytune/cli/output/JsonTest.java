package org.tinytune.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JsonTest {
    private final Locale locale = Locale.getDefault();

    private record Report(
            String name,
            double value,
            Double boxed,
            List<Integer> list,
            Map<String, Double> map,
            Optional<String> none) {}

    @AfterEach
    void restoreLocale() {
        Locale.setDefault(locale);
    }

    @Test
    void keepsTheOrderOfRecordsSortsMapsAndIgnoresTheLocale() {
        Locale.setDefault(Locale.GERMANY);
        Map<String, Double> map = new LinkedHashMap<>();
        map.put("b", 1e-7);
        map.put("a", Double.NEGATIVE_INFINITY);
        assertThat(Json.text(new Report("ü", 1234.5, Double.NaN, List.of(1, 2), map, Optional.empty())))
                .isEqualTo("""
                        {
                          "name" : "ü",
                          "value" : 1234.5,
                          "boxed" : null,
                          "list" : [
                            1,
                            2
                          ],
                          "map" : {
                            "a" : null,
                            "b" : 1.0E-7
                          },
                          "none" : null
                        }
                        """);
    }

    @Test
    void whatIsNoNumberIsNullWhereverItStands() {
        assertThat(Json.text(Map.of("value", Float.NaN))).contains("\"value\" : null");
        assertThat(Json.text(new Report("", Double.NaN, null, null, null, Optional.empty())))
                .contains("\"value\" : null");
        assertThat(Json.text(new double[] {1, Double.POSITIVE_INFINITY})).isEqualTo("[\n  1.0,\n  null\n]\n");
        assertThat(Json.text(new float[] {1, Float.NaN})).isEqualTo("[\n  1.0,\n  null\n]\n");
        assertThat(Json.text(OptionalInt.of(3))).isEqualTo("3\n");
    }
}
