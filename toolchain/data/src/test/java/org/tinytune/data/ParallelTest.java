package org.tinytune.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelTest {
    private static final int PARTS = 1000;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void resultsAreInOrder(int threads) {
        assertThat(Parallel.of(threads).map(PARTS, part -> part * part))
                .containsExactlyElementsOf(
                        IntStream.range(0, PARTS).mapToObj(part -> part * part).toList());
    }

    @Test
    void nothingIsDoneOfNoParts() {
        assertThat(Parallel.of(3).map(0, part -> part)).isEmpty();
    }

    @Test
    void threadsWorkAtOnceAndNoMoreOfThem() {
        CountDownLatch all = new CountDownLatch(3);
        Set<Thread> seen = ConcurrentHashMap.newKeySet();

        Parallel.of(3).forEach(PARTS, part -> {
            seen.add(Thread.currentThread());
            all.countDown();
            await(all);
        });

        assertThat(seen).hasSize(3).contains(Thread.currentThread());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void ofSeveralFailuresThatOfTheFirstPartIsThrown(int threads) {
        assertThatThrownBy(() -> Parallel.of(threads).forEach(PARTS, part -> {
                    if (part >= 100) {
                        throw new IllegalStateException("part " + part);
                    }
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("part 100");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whoIsStoppedBeginsNothingMore(int threads) {
        AtomicInteger done = new AtomicInteger();
        Parallel parallel = new Parallel(threads, () -> done.get() >= 10);

        assertThatThrownBy(() -> parallel.forEach(PARTS, part -> done.incrementAndGet()))
                .isInstanceOf(CancellationException.class);
        assertThat(done.get()).isBetween(10, 10 + threads);
    }

    @Test
    void anInterruptionIsKept() {
        try {
            Thread.currentThread().interrupt();

            assertThat(Parallel.of(2).map(PARTS, part -> part)).hasSize(PARTS);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void thereIsAThread() {
        assertThatIllegalArgumentException().isThrownBy(() -> Parallel.of(0)).withMessage("0 threads");
    }
}
