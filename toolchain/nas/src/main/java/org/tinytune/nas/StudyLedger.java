package org.tinytune.nas;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tinytune.search.study.Study;
import org.tinytune.search.trial.FrozenTrial;

/** Keeps a play-off in the study, as an attribute of its trials: {@code 0=118 2=97} by fold. */
final class StudyLedger implements PlayOff.Ledger {
    private static final String ATTRIBUTE = "playOff";
    private static final Pattern ENTRY = Pattern.compile("(\\d{1,4})=(\\d{1,9})");

    private final Study study;

    StudyLedger(Study study) {
        this.study = study;
    }

    /** Trials as if nothing had been kept: the same in a run that goes on after an earlier one. */
    static List<FrozenTrial> withoutEntries(List<FrozenTrial> trials) {
        return trials.stream().map(trial -> trial.withoutAttribute(ATTRIBUTE)).toList();
    }

    @Override
    public OptionalInt told(int trial, int fold) {
        Integer told = entries(trial).get(fold);
        return told == null ? OptionalInt.empty() : OptionalInt.of(told);
    }

    @Override
    public synchronized void keep(int trial, int fold, int told) {
        Map<Integer, Integer> entries = entries(trial);
        if (!Integer.valueOf(told).equals(entries.put(fold, told))) {
            String text = entries.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + entry.getValue())
                    .collect(Collectors.joining(" "));
            study.annotate(trial, ATTRIBUTE, text);
        }
    }

    private Map<Integer, Integer> entries(int trial) {
        Map<Integer, Integer> entries = new TreeMap<>();
        String text = study.allTrials().get(trial).attributes().getOrDefault(ATTRIBUTE, "");
        Matcher matcher = ENTRY.matcher(text);
        while (matcher.find()) {
            entries.put(Integer.valueOf(matcher.group(1)), Integer.valueOf(matcher.group(2)));
        }
        return entries;
    }
}
