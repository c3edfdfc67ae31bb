/**
 * The generator of C libraries: a {@link org.tinytune.core.graph.Graph} and the {@link org.tinytune.core.plan.Plan} it
 * runs by become {@code model.h}, {@code model.c} and the kernels that they use.
 *
 * <p>The kernels are plain C files under {@code src/main/c/kernels} over a few primitives that each target provides;
 * how an operator calls its kernel is said by its emitter in {@link org.tinytune.runtimegen.emit}. Depends on the core.
 */
package org.tinytune.runtimegen;
