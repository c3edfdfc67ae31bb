/** Tests of the weights that training begins with. */
package org.tinytune.train.initialization;
