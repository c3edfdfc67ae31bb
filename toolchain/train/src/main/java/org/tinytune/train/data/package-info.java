/** How samples come into a network: read, changed at random, encoded, quantized. */
package org.tinytune.train.data;
