package org.tinytune.cli.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tinytune.core.TinytuneException;

@Timeout(20)
class EnterKeyTest {
    private static void await(EnterKey key) {
        while (!key.pressed()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void eachPressCountsOnceAndThenTheEndIsTold() {
        EnterKey key = new EnterKey(new ByteArrayInputStream(new byte[] {'\n', 'x', '\r', '\n'}));

        await(key);
        await(key);

        assertThatThrownBy(() -> await(key))
                .isInstanceOf(TinytuneException.class)
                .hasMessageContaining("leave out --prompt");
    }

    @Test
    void nothingIsPressedUntilSomebodyDoes() throws IOException {
        try (PipedOutputStream hand = new PipedOutputStream();
                PipedInputStream in = new PipedInputStream(hand)) {
            EnterKey key = new EnterKey(in);

            assertThat(key.pressed()).isFalse();
            hand.write('\n');
            hand.flush();
            await(key);
        }
    }
}
