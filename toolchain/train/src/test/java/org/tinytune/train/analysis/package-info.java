/** Tests of the analysis of training. */
package org.tinytune.train.analysis;
