/** Tests of the way from a float graph to its INT8 form. */
package org.tinytune.train.quantize;
