package org.tinytune.data.recording;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainNumberTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "100, 100",
        "1.2000000000000002, 1.2",
        "62.5, 62.5",
        "0.0204, 0.02",
        "0.001, 0.001",
        "0.00025, 0.00025",
        "0.00012345, 0.000123",
        "-0.0004, -0.0004",
        "999.9996, '1,000'",
        "1200, '1,200'",
        "1234567.891, '1,234,567.891'"
    })
    void hasNoExponentAndNoZerosThatTellNothing(double value, String text) {
        assertThat(PlainNumber.of(value)).isEqualTo(text);
        assertThat(PlainNumber.seconds(value)).isEqualTo(text + " s");
    }
}
