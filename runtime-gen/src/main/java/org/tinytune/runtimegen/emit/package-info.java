/**
 * From nodes to calls of C kernels: one {@link org.tinytune.runtimegen.emit.Emitter} an operator, all of them in
 * {@link org.tinytune.runtimegen.emit.Emitters}. An emitter packs weights, derives what the kernel takes as constants,
 * and knows nothing of the text that is printed.
 */
package org.tinytune.runtimegen.emit;
