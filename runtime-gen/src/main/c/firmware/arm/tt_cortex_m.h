/* The few core registers that the Cortex-M ports touch. */
#ifndef TT_CORTEX_M_H
#define TT_CORTEX_M_H

#include <stdint.h>

#define TT_REGISTER(base, offset) (*(volatile uint32_t *)((uintptr_t)(base) + (offset)))

/* Lets an interrupt wake the core from WFI. It is never taken: interrupts stay masked. */
static inline void tt_wake_on(uint32_t irq)
{
    TT_REGISTER(0xE000E100u, 4u * (irq / 32u)) = 1u << (irq % 32u); /* NVIC_ISER */
}

/* Sleeps until an interrupt is pending, then forgets it. The caller looks for its cause, and sleeps again if there is none. */
static inline void tt_sleep_until(uint32_t irq)
{
    __asm__ volatile("wfi" ::: "memory");
    TT_REGISTER(0xE000E280u, 4u * (irq / 32u)) = 1u << (irq % 32u); /* NVIC_ICPR */
}

#endif
