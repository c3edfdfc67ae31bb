package org.tinytune.search.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.search.trial.FeasibilityCheck;

class StudySettingsTest {

    @Test
    void metadataNamesAllThatTrialsFollowFrom() {
        StudySettings settings = TestStudies.bayes(-5).withObjectives("accuracy", "energy");
        assertThat(settings.metadata())
                .containsExactly(
                        Map.entry("data", "0123"),
                        Map.entry("seed", "-5"),
                        Map.entry("sampler", "bayes, 4 startup trials"),
                        Map.entry("lag", "2"),
                        Map.entry("objectives", "accuracy, energy"),
                        Map.entry("constraints", "least n"),
                        Map.entry("parameter n", "int [0, 9]"),
                        Map.entry("parameter x", "float [0.0, 1.0]"),
                        Map.entry("space", TestStudies.SPACE.fingerprint()));
    }

    @Test
    void changesOneThingAtATime() {
        StudySettings settings = TestStudies.random(1);
        assertThat(settings.withLag(7).withLag(settings.lag())).isEqualTo(settings);
        assertThat(settings.withLag(7).lag()).isEqualTo(7);
        assertThat(settings.withFingerprint("a", "b").fingerprints()).isEqualTo(Map.of("a", "b"));
        assertThat(settings.withConstraints(FeasibilityCheck.NONE, "ram").constraints())
                .containsExactly("ram");
    }

    @Test
    void refusesWhatMakesNoSense() {
        StudySettings settings = TestStudies.random(1);
        assertThatThrownBy(() -> settings.withLag(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(settings::withObjectives).isInstanceOf(IllegalArgumentException.class);
    }

    /** It would be overwritten, and a change of it not be seen. */
    @ParameterizedTest
    @ValueSource(strings = {"seed", "sampler", "lag", "objectives", "constraints", "space", "parameter n"})
    void refusesAFingerprintWithTheNameOfASetting(String key) {
        assertThatThrownBy(() -> TestStudies.random(1).withFingerprint(key, "value"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key);
    }
}
