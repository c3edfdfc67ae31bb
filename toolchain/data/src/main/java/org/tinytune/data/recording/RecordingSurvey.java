package org.tinytune.data.recording;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.data.Parallel;
import org.tinytune.data.Sha256;
import org.tinytune.data.recording.RecordingSource.Content;
import org.tinytune.data.recording.RecordingSource.Take;

/** What is known of all recordings of a data set after each file has been decoded once. */
public final class RecordingSurvey {
    private static final long MAX_KEPT_BYTES = 256L << 20;

    /** Fewer moments may well be on a straight line, or alike. */
    private static final int MIN_FRAMES = Readings.MIN_COUNTED;

    /** Fewer recordings may well be of readings that do not move. */
    private static final int MIN_RECORDINGS = 4;

    private final List<Surveyed> files;
    private final List<Facts> recordings;
    private final List<String> notes;

    /**
     * What is known of a recording.
     *
     * @param source the file, and which of its recordings if there are several
     * @param label what was recorded
     * @param group a speaker, a subject, a session
     * @param whole the recording that this is a piece of, if it was cut
     * @param part to which the files say that it belongs
     * @param kind what was recorded
     * @param channels a name each
     * @param unit of the readings, perhaps empty
     * @param rateHz frames a second, as the file says
     * @param frames moments
     * @param spreads how the readings of each channel lie
     * @param scale real units a count; 0 if the file holds real numbers
     * @param integers whether they would be counts as they are
     * @param counting channels that count moments, by index
     */
    public record Facts(
            String source,
            String label,
            Optional<String> group,
            Optional<String> whole,
            Optional<DataPart> part,
            Readings.Kind kind,
            List<String> channels,
            String unit,
            double rateHz,
            int frames,
            List<Spread> spreads,
            double scale,
            boolean integers,
            Set<Integer> counting) {

        /** The largest magnitude, in real units. */
        public double peak() {
            return spreads.stream().mapToDouble(Spread::peak).max().orElseThrow();
        }

        /** How long the recording is. */
        public double seconds() {
            return frames / rateHz;
        }

        static Facts of(Take take) {
            Readings readings = take.readings();
            return new Facts(
                    take.name(),
                    take.label(),
                    take.group(),
                    take.whole(),
                    take.part(),
                    readings.kind(),
                    readings.channels(),
                    readings.unit(),
                    readings.rateHz(),
                    readings.frames(),
                    IntStream.range(0, readings.channels().size())
                            .mapToObj(readings::spread)
                            .toList(),
                    readings.scale(),
                    readings.areIntegers(),
                    IntStream.range(0, readings.channels().size())
                            .filter(readings::counts)
                            .boxed()
                            .collect(Collectors.toSet()));
        }
    }

    /**
     * A file after the first pass.
     *
     * @param kept its recordings, if there was room for them
     */
    record Surveyed(RecordingSource source, List<Facts> recordings, Optional<List<Take>> kept, List<String> notes) {
        /** Its recordings once more. */
        List<Take> takes() {
            List<Take> takes = kept.orElseGet(() -> source.read().takes());
            List<Integer> frames =
                    takes.stream().map(t -> t.readings().frames()).toList();
            if (!frames.equals(recordings.stream().map(Facts::frames).toList())) {
                throw invalid(source.name() + " changed while it was being read: run it again");
            }
            return takes;
        }
    }

    private RecordingSurvey(List<Surveyed> files, List<String> more) {
        this.files = files;
        this.recordings = files.stream().flatMap(f -> f.recordings().stream()).toList();
        Set<String> all = new LinkedHashSet<>();
        files.forEach(f -> all.addAll(f.notes()));
        all.addAll(more);
        this.notes = List.copyOf(all);
    }

    /**
     * Decodes all files.
     *
     * @param sources in the order of samples, at least one
     * @param mono whether channels are to be mixed to one, so that recordings may have more or fewer of them
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if one cannot be read or is empty, or they are not
     *     of one kind
     */
    public static RecordingSurvey of(List<? extends RecordingSource> sources, boolean mono) {
        RecordingSurvey survey = of(sources, List.of());
        survey.checkAlike(mono);
        return survey;
    }

    private static RecordingSurvey of(List<? extends RecordingSource> sources, List<String> notes) {
        AtomicLong room =
                new AtomicLong(Math.min(MAX_KEPT_BYTES, Runtime.getRuntime().maxMemory() / 4));
        return new RecordingSurvey(Parallel.ofMachine().map(sources.size(), i -> survey(sources.get(i), room)), notes);
    }

    private static Surveyed survey(RecordingSource source, AtomicLong room) {
        Content content = source.read();
        for (Take take : content.takes()) {
            if (take.readings().frames() == 0) {
                throw invalid(take.name() + " holds no samples: record it again, or remove it");
            }
        }
        long bytes = content.takes().stream()
                .mapToLong(take -> take.readings().bytes())
                .sum();
        boolean keep = room.addAndGet(-bytes) >= 0;
        if (!keep) {
            room.addAndGet(bytes);
        }
        return new Surveyed(
                source,
                content.takes().stream().map(Facts::of).toList(),
                keep ? Optional.of(content.takes()) : Optional.empty(),
                content.notes());
    }

    private void checkAlike(boolean mono) {
        Facts first = recordings.get(0);
        for (Facts other : recordings) {
            if (other.kind() != first.kind()) {
                throw invalid(other.source() + " and " + first.source()
                        + " are sound and a series of another sensor: a set holds one of the two");
            }
            if (mono) {
                continue;
            }
            if (other.channels().size() != first.channels().size()) {
                throw invalid(
                        other.source() + " has " + counted(other.channels().size(), "channel") + ", "
                                + first.source() + " has " + first.channels().size()
                                + ": all must have the same ("
                                + (first.kind() == Readings.Kind.AUDIO
                                        ? "mono = true, or --mono, mixes each to one)"
                                        : "columns = \"...\", or --columns, names those that all have)"));
            }
            if (!other.channels().equals(first.channels())) {
                throw invalid(other.source() + " has the channels " + other.channels() + ", " + first.source() + " has "
                        + first.channels() + ": all must be called alike, in one order");
            }
        }
    }

    /**
     * The same without the channels that are no readings, which notes name: those that count moments in every
     * recording, as numbers of rows or packets and times do, and those that say which recording it is, as codes of
     * labels do: they are constant in each, and differ between them. All files are decoded once more if there are any.
     */
    public RecordingSurvey readingsAlone() {
        List<String> names = recordings.get(0).channels();
        Set<Integer> counters = areComparable() ? counters() : Set.of();
        Set<Integer> codes = areComparable() ? codes() : Set.of();
        Set<Integer> left = new TreeSet<>(counters);
        if (counters.size() + codes.size() < names.size()) {
            left.addAll(codes);
        }
        if (left.isEmpty() || left.size() == names.size()) {
            return this;
        }
        List<Integer> kept = IntStream.range(0, names.size())
                .filter(c -> !left.contains(c))
                .boxed()
                .toList();
        List<String> notes = new ArrayList<>();
        if (!counters.isEmpty()) {
            notes.add(leftOut(counters, " only counts and is", " only count and are"));
        }
        if (left.size() > counters.size()) {
            notes.add(leftOut(
                    codes,
                    " is constant in each recording and differs between them, as a code of labels does:",
                    " are constant in each recording and differ between them, as codes of labels do:"));
        }
        return channels(kept, notes);
    }

    /**
     * The same with some of the channels, in another order: all files are decoded once more.
     *
     * @param wanted index of each, of those that all recordings have
     */
    public RecordingSurvey channels(List<Integer> wanted) {
        List<Integer> all =
                IntStream.range(0, recordings.get(0).channels().size()).boxed().toList();
        return wanted.equals(all) ? this : channels(wanted, List.of());
    }

    private RecordingSurvey channels(List<Integer> wanted, List<String> more) {
        return of(
                files.stream().map(f -> new ChosenChannels(f.source(), wanted)).toList(), more);
    }

    private String leftOut(Set<Integer> channels, String one, String several) {
        List<String> names = recordings.get(0).channels();
        boolean single = channels.size() == 1;
        return (single ? "the channel " : "the channels ")
                + channels.stream().map(names::get).collect(Collectors.joining(", "))
                + (single ? one : several) + " left out (columns = \"" + String.join(",", names)
                + "\", or --columns, keeps " + (single ? "it)" : "them)");
    }

    /** Whether recordings are series of the same channels. */
    private boolean areComparable() {
        Facts first = recordings.get(0);
        return first.kind() == Readings.Kind.SERIES
                && recordings.stream().allMatch(r -> r.channels().equals(first.channels()));
    }

    /** By index; none if all recordings are too short to tell. */
    private Set<Integer> counters() {
        Set<Integer> counters = new TreeSet<>(recordings.get(0).counting());
        recordings.forEach(r -> counters.retainAll(r.counting()));
        return recordings.stream().anyMatch(r -> r.frames() >= MIN_FRAMES) ? counters : Set.of();
    }

    /** By index; none if there are too few recordings to tell. */
    private Set<Integer> codes() {
        boolean told = recordings.stream().filter(r -> r.frames() >= MIN_FRAMES).count() >= MIN_RECORDINGS;
        return IntStream.range(0, told ? recordings.get(0).channels().size() : 0)
                .filter(this::isCode)
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean isCode(int channel) {
        List<Spread> spreads =
                recordings.stream().map(r -> r.spreads().get(channel)).toList();
        return spreads.stream().noneMatch(Spread::varies)
                && spreads.stream().mapToDouble(Spread::low).distinct().count() > 1;
    }

    static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /** All recordings, in the order of their files. */
    public List<Facts> recordings() {
        return recordings;
    }

    /** Files that were read. */
    public int fileCount() {
        return files.size();
    }

    /** What a user should know of how files were understood. */
    public List<String> notes() {
        return notes;
    }

    /** Whether there are several files that hold recordings of several labels and of no group. */
    public boolean labelsShareFiles() {
        return files.size() > 1
                && files.stream()
                        .map(f -> f.recordings().stream()
                                .filter(recording -> recording.group().isEmpty())
                                .map(Facts::label)
                                .distinct())
                        .anyMatch(labels -> labels.count() > 1);
    }

    List<Surveyed> files() {
        return files;
    }

    /** SHA-256, in hexadecimal, of the names and contents of all files. */
    String fingerprint() {
        return sha256(String.join("\n", Parallel.ofMachine().map(files.size(), i -> {
            RecordingSource source = files.get(i).source();
            return source.name() + "\n" + source.sha256();
        })));
    }

    static String sha256(String text) {
        return HexFormat.of().formatHex(Sha256.create().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    static TinytuneException invalid(String message) {
        return new TinytuneException(ExitCode.INVALID_INPUT, message);
    }
}
