/** Checkpoints as files. What a checkpoint holds is the business of {@code org.tinytune.train}. */
package org.tinytune.train.checkpoint;
