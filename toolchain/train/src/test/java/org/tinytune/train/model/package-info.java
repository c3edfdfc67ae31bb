/** Tests of declared networks. */
package org.tinytune.train.model;
