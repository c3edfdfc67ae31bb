/** Tests of checkpoints as files. */
package org.tinytune.train.checkpoint;
