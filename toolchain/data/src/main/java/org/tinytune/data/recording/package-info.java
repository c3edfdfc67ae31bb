/**
 * Recordings of sensors to windows of int16 counts, whatever files they come from.
 *
 * <p>Two ways were weighed. A reader could hand over each recording as it is decoded, and windows would grow in a
 * {@code DatasetBuilder}: one pass, but the scale, the rate and the length of windows would have to be known before the
 * first file, and a set larger than the heap could not be held. The way taken is two passes over
 * {@link org.tinytune.data.recording.RecordingSource sources}, which are names until they are read:
 *
 * <ol>
 *   <li>{@link org.tinytune.data.recording.RecordingSurvey} decodes every file once, in parallel, and keeps what must
 *       be known of all of them: rates, lengths, channels, largest readings. Readings are kept too while there is room.
 *   <li>{@link org.tinytune.data.recording.RecordingWindows} then knows the one rate, scale and length of window, and
 *       so the number of windows. Each recording is brought to that rate and scale and cut, in parallel, and each
 *       window has its place in a store of known size: in memory, or in a file that is mapped.
 * </ol>
 *
 * So memory holds a few recordings at a time, results depend on neither threads nor the order in which files are read,
 * and the first pass alone is what {@code tinytune data info} shows. Files that were not kept are decoded twice, which
 * is the price.
 *
 * <p>Moments are called frames: a frame has one sample a channel. Samples are interleaved: {@code [frames, channels]}.
 * May depend on {@code org.tinytune.data}; knows no file format.
 */
package org.tinytune.data.recording;
