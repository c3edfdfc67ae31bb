/** What a model makes of the user's own files: of each sample, or of recordings as a stream. */
package org.tinytune.cli.predict;
