package org.tinytune.core.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignalFactsTest {
    private static final Metadata NOTHING =
            new Metadata("model", "", List.of(), InputEncoding.IDENTITY, new TreeMap<>());

    private static SignalFacts atRate(String text) {
        return SignalFacts.of(NOTHING.withExtra("sampleRateHz", text));
    }

    @Test
    void areWhatWasStored() {
        SignalFacts facts = new SignalFacts(Optional.of("104.0"), List.of("x", "y"), "m/s2");
        Metadata stored = facts.storedIn(NOTHING);

        assertThat(SignalFacts.of(stored)).isEqualTo(facts);
        assertThat(stored.extra())
                .containsEntry("sampleRateHz", "104.0")
                .containsEntry("channels", "x,y")
                .containsEntry("unit", "m/s2");
        assertThat(facts.rateHz()).contains(104.0);
    }

    @Test
    void mayBeNothing() {
        SignalFacts facts = SignalFacts.of(NOTHING);

        assertThat(facts).isEqualTo(new SignalFacts(Optional.empty(), List.of(), ""));
        assertThat(facts.storedIn(NOTHING)).isEqualTo(NOTHING);
    }

    @Test
    void aNameHoldsNoComma() {
        SignalFacts facts = new SignalFacts(Optional.empty(), List.of("left, up", "z"), "");
        assertThat(SignalFacts.of(facts.storedIn(NOTHING)).channels()).containsExactly("left  up", "z");
    }

    @ParameterizedTest
    @CsvSource({"16000, 16000", "62.5, 62.5", "5.0E-4, 0.0005", "1.0E7, 1e7", "999999999999, 999999999999"})
    void aRateIsADecimalNumber(String text, double rate) {
        assertThat(atRate(text).rate()).contains(text);
        assertThat(atRate(text).rateHz()).contains(rate);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fast", "0", "0.0E5", "-1", "NaN", "1e999", "0x10", "1 000", "1/*", "1234567890123"})
    void anythingElseIsNoRate(String text) {
        assertThat(atRate(text).statedRate()).contains(text);
        assertThat(atRate(text).rate()).isEmpty();
        assertThat(atRate(text).rateHz()).isEmpty();
    }
}
