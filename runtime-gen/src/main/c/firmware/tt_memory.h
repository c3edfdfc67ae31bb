/* The figures of the RAM: static data, and the stack that was really used. */
#ifndef TT_MEMORY_H
#define TT_MEMORY_H

#include <stddef.h>

/* Fills the free stack with a pattern; what is overwritten later was used. Called once, first thing in main(). */
void tt_paint_stack(void);

/* The most stack that was in use since tt_paint_stack(), in bytes. */
size_t tt_stack_bytes(void);

/* Bytes of initialised and zeroed static data, the model's arena included. */
size_t tt_static_bytes(void);

#endif
