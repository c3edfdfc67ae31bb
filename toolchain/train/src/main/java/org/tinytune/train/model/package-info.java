/**
 * Networks that a user declares in a file, {@code M.toml}: read strictly, turned into a float graph that is sure to
 * become INT8, and into the configuration of its training. {@code docs/train.md} tells what a file may say.
 */
package org.tinytune.train.model;
