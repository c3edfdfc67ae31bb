package org.tinytune.data.recording;

/**
 * How long a recording is, before it is cut into windows.
 *
 * @param recording its file, and which of the file's recordings if there are several
 * @param seconds above 0
 */
public record RecordingLength(String recording, double seconds) {}
