package org.tinytune.data.recording;

import java.util.List;

/**
 * A file of which only some channels are taken.
 *
 * @param source the whole of it
 * @param kept indices of the channels
 */
record ChosenChannels(RecordingSource source, List<Integer> kept) implements RecordingSource {
    @Override
    public String name() {
        return source.name();
    }

    @Override
    public Content read() {
        Content content = source.read();
        return new Content(content.takes().stream().map(this::chosen).toList(), content.notes());
    }

    private Take chosen(Take take) {
        return new Take(
                take.name(),
                take.label(),
                take.group(),
                take.whole(),
                take.part(),
                take.readings().channels(kept));
    }

    @Override
    public String sha256() {
        return RecordingSurvey.sha256(source.sha256() + kept);
    }
}
