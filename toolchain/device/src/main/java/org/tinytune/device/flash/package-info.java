/** Writing firmware into a board's flash, and reading it back: images, Intel HEX, and the loaders' protocols. */
package org.tinytune.device.flash;
