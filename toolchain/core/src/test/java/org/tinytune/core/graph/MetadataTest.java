package org.tinytune.core.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataTest {
    @Test
    void aSampleIsOneStepUnlessSaidOtherwise() {
        assertThat(Metadata.unnamed().steps()).isEqualTo(1);
        assertThat(Metadata.unnamed().withSteps(49).steps()).isEqualTo(49);
        assertThat(Metadata.unnamed().withSteps(49).extra()).containsEntry("steps", "49");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-3", "many", "70000", "99999999999"})
    void refusesStepsOfAFileThatAreNoNumberOrTooMany(String stated) {
        Metadata metadata =
                new Metadata("m", "", List.of(), InputEncoding.IDENTITY, new TreeMap<>(Map.of("steps", stated)));

        assertThatThrownBy(metadata::steps)
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("'" + stated + "' steps");
    }
}
