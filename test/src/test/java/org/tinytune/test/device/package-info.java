/** From models and C libraries to firmware on emulated boards. */
package org.tinytune.test.device;
