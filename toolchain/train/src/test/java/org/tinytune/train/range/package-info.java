/** Tests of ranges and of how they are learned. */
package org.tinytune.train.range;
