/**
 * The real TFLite interpreter as an independent judge of files and kernels.
 *
 * <p>{@link org.tinytune.test.tflite.ReferenceInterpreter} runs what the writer wrote; the simulator has to give the
 * same bytes for every tensor, with no tolerance.
 */
package org.tinytune.test.tflite;
