/** Tests of the losses. */
package org.tinytune.train.loss;
