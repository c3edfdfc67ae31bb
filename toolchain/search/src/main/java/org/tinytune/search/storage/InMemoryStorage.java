package org.tinytune.search.storage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tinytune.search.trial.FrozenTrial;

/** Keeps a study as long as the process lives: for tests and short studies. */
public final class InMemoryStorage implements Storage {
    private Map<String, String> metadata = Map.of();
    private final List<FrozenTrial> trials = new ArrayList<>();
    private boolean closed;

    @Override
    public String name() {
        return "study in memory";
    }

    @Override
    public synchronized Map<String, String> metadata() {
        checkOpen();
        return metadata;
    }

    @Override
    public synchronized void begin(Map<String, String> entries) {
        checkOpen();
        if (!metadata.isEmpty()) {
            throw new IllegalStateException("the study has been begun");
        }
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    @Override
    public synchronized List<FrozenTrial> trials() {
        checkOpen();
        return List.copyOf(trials);
    }

    @Override
    public synchronized void put(FrozenTrial trial) {
        checkOpen();
        if (trial.number() < 0 || trial.number() > trials.size()) {
            throw new IllegalArgumentException(
                    "trial " + trial.number() + " would leave a gap after " + trials.size() + " trials");
        }
        if (trial.number() == trials.size()) {
            trials.add(trial);
        } else {
            trials.set(trial.number(), trial);
        }
    }

    @Override
    public synchronized void report(int number, int epoch, double value) {
        checkOpen();
        if (number < 0 || number >= trials.size()) {
            throw new IllegalArgumentException("there is no trial " + number);
        }
        trials.set(number, trials.get(number).reported(epoch, value));
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the storage is closed");
        }
    }
}
