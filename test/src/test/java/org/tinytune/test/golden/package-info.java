/** Third-party models with the bytes that the reference kernels computed of them. */
package org.tinytune.test.golden;
