/** Tests of declared networks that need the repository's files. */
package org.tinytune.test.train;
