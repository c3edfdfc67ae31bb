package org.tinytune.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ShortBuffer;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tinytune.core.tensor.Shape;

class Int16StoreTest {
    private static final SignalFormat FORMAT = new SignalFormat(100, 0.5, List.of("x", "y"), "g");

    @Test
    void readsBackWhatWasPutInAnyOrderAcrossBlocks() {
        int values = 3001;
        int count = 800;
        short[][] put = new short[count][values];
        Int16Store.HeapSink sink = new Int16Store.HeapSink(values, count);
        SplittableRandom random = new SplittableRandom(7);
        for (int i = count - 1; i >= 0; i--) {
            for (int v = 0; v < values; v++) {
                put[i][v] = (short) random.nextInt();
            }
            sink.put(i, put[i]);
        }
        Int16Store store = sink.store();

        assertThat(store.storedBytes()).isEqualTo(2L * values * count);
        float[] read = new float[values + 1];
        for (int i = 0; i < count; i++) {
            store.read(i, read, 1);
            for (int v = 0; v < values; v++) {
                assertThat(read[v + 1]).isEqualTo(put[i][v]);
            }
        }
    }

    @Test
    void theFingerprintFollowsFromValuesAndTheirMeaning() {
        String fingerprint = dataset((short) 3, FORMAT).fingerprint();

        assertThat(dataset((short) 3, FORMAT).fingerprint()).isEqualTo(fingerprint);
        assertThat(dataset((short) 4, FORMAT).fingerprint()).isNotEqualTo(fingerprint);
        assertThat(dataset((short) 3, new SignalFormat(101, 0.5, List.of("x", "y"), "g"))
                        .fingerprint())
                .isNotEqualTo(fingerprint);
        assertThat(dataset((short) 3, new SignalFormat(100, 0.25, List.of("x", "y"), "g"))
                        .fingerprint())
                .isNotEqualTo(fingerprint);
    }

    @Test
    void aDataSetOfWindowsKnowsWhatItsIntegersMean() {
        Dataset data = dataset((short) -9, FORMAT);

        assertThat(data.signal()).contains(FORMAT);
        float[] window = new float[4];
        data.read(1, window, 0);
        assertThat(window).containsExactly(-9, -9, -9, -9);
    }

    @Test
    void everyWindowNeedsATarget() {
        assertThatIllegalStateException()
                .isThrownBy(() -> builder((short) 1, FORMAT).addStored("a").build())
                .withMessage("1 targets for 2 samples");
        assertThatIllegalStateException()
                .isThrownBy(() -> builder((short) 1, FORMAT).add(new float[4], "a"));
    }

    @Test
    void refusesBlocksOfAnotherSize() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Int16Store(4, 2, List.of(ShortBuffer.allocate(7)), new byte[32]));
    }

    private static Dataset dataset(short value, SignalFormat format) {
        return builder(value, format).addStored("a").addStored("b").build();
    }

    private static DatasetBuilder builder(short value, SignalFormat format) {
        Int16Store.HeapSink sink = new Int16Store.HeapSink(4, 2);
        sink.put(0, new short[] {1, 2, -32768, 32767});
        sink.put(1, new short[] {value, value, value, value});
        return new DatasetBuilder(DatasetCard.named("test"), Shape.of(2, 1, 2), sink.store(), format);
    }
}
