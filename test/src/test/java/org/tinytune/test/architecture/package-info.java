/** The rules of the architecture, held by reading the compiled classes. */
package org.tinytune.test.architecture;
