package org.tinytune.data.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.tinytune.core.tensor.Shape;

class SpecAugmentTest {
    private static final int FRAMES = 20;
    private static final int BANDS = 12;
    private static final Shape MAP = Shape.of(FRAMES, BANDS, 1);

    /** Values from 1 to 240, whose mean 120.5 is none of them. */
    private static float[] map() {
        float[] map = new float[MAP.elements()];
        for (int i = 0; i < map.length; i++) {
            map[i] = i + 1;
        }
        return map;
    }

    private static float[] applied(SpecAugment augmentation, int number) {
        float[] map = map();
        augmentation.apply(map, MAP, Augmentation.stream(1, 2, number));
        return map;
    }

    @Test
    void hidesWholeFramesAndBandsOfAtMostItsWidths() {
        BitSet widths = new BitSet();
        for (int n = 0; n < 500; n++) {
            float[] map = applied(new SpecAugment(4, 3, 1), n);
            BitSet frames = new BitSet();
            BitSet bands = new BitSet();
            for (int f = 0; f < FRAMES; f++) {
                int hidden = 0;
                for (int b = 0; b < BANDS; b++) {
                    hidden += map[f * BANDS + b] == 120.5f ? 1 : 0;
                }
                frames.set(f, hidden == BANDS);
            }
            for (int b = 0; b < BANDS; b++) {
                int hidden = 0;
                for (int f = 0; f < FRAMES; f++) {
                    hidden += map[f * BANDS + b] == 120.5f ? 1 : 0;
                }
                bands.set(b, hidden == FRAMES);
            }
            for (int i = 0; i < map.length; i++) {
                boolean hidden = frames.get(i / BANDS) || bands.get(i % BANDS);
                assertThat(map[i]).isEqualTo(hidden ? 120.5f : i + 1);
            }
            assertThat(frames.cardinality()).isLessThanOrEqualTo(4);
            assertThat(bands.cardinality()).isLessThanOrEqualTo(3);
            assertThat(frames.length() - Math.max(0, frames.nextSetBit(0))).isEqualTo(frames.cardinality());
            widths.set(frames.cardinality());
        }
        assertThat(widths.cardinality()).isEqualTo(5);
    }

    @Test
    void isTheSameForTheSameSampleAndChangesNothingAtWidthZero() {
        assertThat(applied(new SpecAugment(4, 3, 2), 5)).isEqualTo(applied(new SpecAugment(4, 3, 2), 5));
        assertThat(applied(new SpecAugment(0, 0, 2), 5)).isEqualTo(map());
    }

    /** A mask wider than the map hides all of it at most. */
    @Test
    void takesMasksThatAreWiderThanTheMap() {
        for (int n = 0; n < 100; n++) {
            assertThat(applied(new SpecAugment(100, 100, 3), n)).hasSize(MAP.elements());
        }
    }

    @Test
    void refusesWhatIsNoMap() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new SpecAugment(1, 1, 1).apply(new float[4], Shape.of(4), Augmentation.stream(1, 1, 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new SpecAugment(-1, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new SpecAugment(1, 0, 0));
    }

    @Test
    void mirrorsUpsideDown() {
        float[] sample = {1, 2, 3, 4, 5, 6};
        new VerticalFlip(1).apply(sample, Shape.of(3, 2, 1), Augmentation.stream(1, 1, 1));
        assertThat(sample).containsExactly(5, 6, 3, 4, 1, 2);
        new VerticalFlip(0).apply(sample, Shape.of(3, 2, 1), Augmentation.stream(1, 1, 1));
        assertThat(sample).containsExactly(5, 6, 3, 4, 1, 2);
        assertThatIllegalArgumentException().isThrownBy(() -> new VerticalFlip(-1));
    }
}
