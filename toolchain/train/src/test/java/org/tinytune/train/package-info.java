/** Tests of training and evaluation as a whole. */
package org.tinytune.train;
