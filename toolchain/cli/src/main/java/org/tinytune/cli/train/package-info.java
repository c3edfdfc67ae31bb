/** {@code tinytune train}: its options, its progress on a terminal, and the files that it leaves behind. */
package org.tinytune.cli.train;
