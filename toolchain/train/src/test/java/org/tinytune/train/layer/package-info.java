/** Tests of the layers that a file may declare. */
package org.tinytune.train.layer;
