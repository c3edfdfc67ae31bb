/**
 * What commands that take a model share: its file, the board, samples as input tensors, what an output means, and the
 * data that belongs to it.
 */
package org.tinytune.cli.model;
