package org.tinytune.core.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.logistic.Logistic;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;

class TriggerTest {
    private static final int[] NOISE = {200, 30, 26};
    private static final int[] YES = {6, 220, 30};
    private static final int[] FAINT = {60, 130, 66};

    private static Metadata metadata(List<String> labels) {
        return new Metadata("m", "", labels, InputEncoding.IDENTITY, new TreeMap<>());
    }

    private static ClassScores scores() {
        GraphBuilder graph = new GraphBuilder();
        int input = graph.input("x", Shape.of(1, 3), ElementType.INT8, Quantization.perTensor(0.1f, 0));
        Quantization probability = Quantization.perTensor(1f / 256, -128);
        Graph built = graph.output(
                        graph.node("y", ElementType.INT8, probability, Logistic.INSTANCE, new NoParams(), input))
                .build();
        return ClassScores.of(built).orElseThrow();
    }

    private static Trigger trigger(int results, int pause) {
        BitSet ignored = new BitSet();
        ignored.set(0);
        return new Trigger(scores(), new TriggerSettings(results, 0.7, pause, ignored));
    }

    private static List<Integer> events(Trigger trigger, int[]... results) {
        List<Integer> events = new ArrayList<>();
        for (int[] scores : results) {
            events.add(trigger.update(scores));
        }
        return events;
    }

    @Test
    void aClassIsAnEventOnceItsAverageReachesTheThreshold() {
        // (30 + 220 + 220) / 3 = 156 is below 180, (220 + 220 + 220) / 3 is not.
        assertThat(events(trigger(3, 10), NOISE, YES, YES, YES, YES)).containsExactly(-1, -1, -1, 1, -1);
        assertThat(events(trigger(1, 0), FAINT, YES, YES)).containsExactly(-1, 1, 1);
    }

    @Test
    void thereIsNoEventBeforeThereAreEnoughResults() {
        assertThat(events(trigger(2, 0), YES, YES)).containsExactly(-1, 1);
    }

    @Test
    void afterAnEventItPauses() {
        assertThat(events(trigger(1, 2), YES, YES, YES, YES)).containsExactly(1, -1, -1, 1);
    }

    @Test
    void whatIsIgnoredIsNoEvent() {
        assertThat(events(trigger(1, 0), NOISE, NOISE)).containsExactly(-1, -1);
    }

    @Test
    void aResetForgetsAll() {
        Trigger trigger = trigger(2, 5);
        assertThat(events(trigger, YES, YES)).containsExactly(-1, 1);
        trigger.reset();
        assertThat(events(trigger, YES, YES)).containsExactly(-1, 1);
    }

    @Test
    void usualSettingsFollowFromTheWindowAndTheLabels() {
        Metadata metadata = metadata(List.of("yes", "_background_noise_", "Unknown", "no"));
        TriggerSettings settings = TriggerSettings.of(metadata.withSteps(6));
        assertThat(settings.results()).isEqualTo(3);
        assertThat(settings.pause()).isEqualTo(6);
        assertThat(settings.ignored().stream()).containsExactly(1, 2);
        assertThat(TriggerSettings.of(metadata.withSteps(100)).results()).isEqualTo(8);
        assertThat(TriggerSettings.of(metadata).results()).isEqualTo(1);
    }

    @Test
    void settingsAreKeptInMetadata() {
        BitSet ignored = new BitSet();
        ignored.set(0);
        ignored.set(3);
        TriggerSettings settings = new TriggerSettings(5, 0.25, 17, ignored);
        assertThat(TriggerSettings.of(settings.storedIn(metadata(List.of())))).isEqualTo(settings);
        TriggerSettings none = new TriggerSettings(1, 1, 0, new BitSet());
        assertThat(TriggerSettings.of(none.storedIn(metadata(List.of("noise")))))
                .isEqualTo(none);
    }

    @Test
    void whatIsOutOfRangeIsRefused() {
        BitSet none = new BitSet();
        assertThatThrownBy(() -> new TriggerSettings(65, 0.5, 0, none)).hasMessageContaining("1 to 64 results, not 65");
        assertThatThrownBy(() -> new TriggerSettings(1, Double.NaN, 0, none)).hasMessageContaining("not NaN");
        assertThatThrownBy(() -> new TriggerSettings(1, 0.5, -1, none)).hasMessageContaining("not -1");
        assertThatThrownBy(() -> TriggerSettings.of(metadata(List.of()).withExtra("triggerPause", "soon")))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("the model's metadata state 'soon' as triggerPause");
    }
}
