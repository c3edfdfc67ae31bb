/**
 * Files to data sets, recognised by content. All input is untrusted: sizes are checked before memory is taken for them,
 * compressed files are read up to a limit only, and every mistake is one line that names file and place.
 *
 * <p>{@link org.tinytune.data.reader.DataSets} is the way in for whole sets,
 * {@link org.tinytune.data.reader.SampleReader} for the user's own samples. May depend on {@code org.tinytune.data}.
 */
package org.tinytune.data.reader;
