/** Shapes, element types and constant data of tensors. Depends on nothing else. */
package org.tinytune.core.tensor;
