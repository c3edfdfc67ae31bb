/** Tests of the kernels in networks: exactness, gradients, threads. */
package org.tinytune.train.network;
