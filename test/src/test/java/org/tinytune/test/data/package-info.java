/** Readers on real recordings. */
package org.tinytune.test.data;
