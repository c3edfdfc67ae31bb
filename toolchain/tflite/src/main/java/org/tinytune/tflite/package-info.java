/**
 * TFLite files, both directions: {@link org.tinytune.tflite.ModelFiles} for files on disk,
 * {@link org.tinytune.tflite.TfliteWriter} and {@link org.tinytune.tflite.TfliteReader} for their bytes.
 *
 * <p>The writer uses the generated classes of the schema. The reader does not: a file comes from anywhere, and the
 * generated accessors follow whatever offset they meet. It reads through {@link org.tinytune.tflite.FlatTable}, which
 * checks each access and bounds the work that a file can claim. What an operator's options are is known to its
 * {@link org.tinytune.core.graph.TfliteCodec} only.
 *
 * <p>Beside the model itself a file holds TFLite metadata: name, description, input encoding, labels. Labels, and facts
 * that the metadata schema has no field for, are small files in a zip archive behind the model, as the schema's authors
 * do it.
 *
 * <p>Source of the format: tensorflow:lite/schema/schema.fbs, tflite-support:metadata/metadata_schema.fbs.
 */
package org.tinytune.tflite;
