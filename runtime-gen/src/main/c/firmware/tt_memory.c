/* The RAM's figures come from the linker's symbols, which every port's linker script has under the same names. */
#include "tt_memory.h"

#include <stdint.h>

#define PAINT 0xC5u

extern uint8_t __data_start[]; /* first byte of static data */
extern uint8_t _end[];         /* first byte after it: the stack may grow down to here */
extern uint8_t __stack[];      /* where the stack pointer starts */

/* The stack pointer of an AVR names the next free byte, that of an Arm core the last used one. */
#ifdef __AVR__
#include <avr/io.h>
#define STACK_LIMIT ((uint8_t *)SP + 1)
#define STACK_TOP (__stack + 1)
#else
static inline uint8_t *stack_pointer(void)
{
    uint8_t *sp;
    __asm__ volatile("mov %0, sp" : "=r"(sp));
    return sp;
}
#define STACK_LIMIT stack_pointer()
#define STACK_TOP __stack
#endif

void tt_paint_stack(void)
{
    const uint8_t *limit = STACK_LIMIT;
    for (volatile uint8_t *at = _end; at < limit; ++at) {
        *at = PAINT;
    }
}

size_t tt_stack_bytes(void)
{
    const volatile uint8_t *at = _end;
    while (at < STACK_TOP && *at == PAINT) {
        ++at;
    }
    return (size_t)((uintptr_t)STACK_TOP - (uintptr_t)at);
}

size_t tt_static_bytes(void)
{
    return (size_t)((uintptr_t)_end - (uintptr_t)__data_start);
}
