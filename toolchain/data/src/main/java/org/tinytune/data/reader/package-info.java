/**
 * Files to data sets, recognised by content. All input is untrusted: sizes are checked before memory is taken for them,
 * compressed files are read up to a limit only, and every mistake is one line that names file and place.
 *
 * <p>{@link org.tinytune.data.reader.DataSets} is the way in for whole sets,
 * {@link org.tinytune.data.reader.SampleReader} and {@link org.tinytune.data.reader.SignalReader} for the user's own
 * samples and recordings. A set is a {@link org.tinytune.data.reader.FileTree} of files:
 * {@link org.tinytune.data.reader.Layout} and {@link org.tinytune.data.reader.Manifest} say what each holds, a class
 * for each format decodes it, and {@code org.tinytune.data.recording} cuts windows of what was recorded. May depend on
 * {@code org.tinytune.data} and on that.
 */
package org.tinytune.data.reader;
