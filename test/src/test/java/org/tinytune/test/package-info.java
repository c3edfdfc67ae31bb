/** Checks that need two modules or more, and what they share. */
package org.tinytune.test;
