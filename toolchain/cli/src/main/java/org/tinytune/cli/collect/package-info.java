/** Recordings from a board: into a folder that is a data set, and the sketch that sends them. */
package org.tinytune.cli.collect;
