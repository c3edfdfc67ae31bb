/** Tests of how samples come into a network. */
package org.tinytune.train.data;
