/** A model as files for somebody else's project: a C library or a .tflite file, with what a reader has to know. */
package org.tinytune.cli.export;
