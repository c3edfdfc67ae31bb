/*
 * Reset of a Cortex-M: vector table, static data, FPU.
 *
 * Interrupts stay masked for good: the line's interrupt only wakes the core from WFI, which PRIMASK does not prevent, so
 * the vector table ends with the system exceptions and nothing disturbs a measurement.
 *
 * Source: Armv7-M Architecture Reference Manual, B1.5.2 (vector table), B1.5.18 (WFI), B3.2.20 (CPACR).
 */
#include "tt_port.h"

extern uint32_t __stack[];
extern uint32_t __data_start[];
extern uint32_t __data_end[];
extern const uint32_t __data_load[];
extern uint32_t __bss_start[];
extern uint32_t __bss_end[];

int main(void);
void tt_reset(void);
static void fault(void);

struct vectors {
    uint32_t *stack;
    void (*exceptions[15])(void);
};

extern const struct vectors tt_vectors;
const struct vectors tt_vectors __attribute__((section(".vectors"), used)) = {
    .stack = __stack,
    .exceptions = {tt_reset, fault, fault, fault, fault, fault, 0, 0, 0, 0, fault, fault, 0, fault, fault},
};

void tt_reset(void)
{
    __asm__ volatile("cpsid i");
#ifdef __ARM_FP
    *(volatile uint32_t *)0xE000ED88u |= 0xFu << 20; /* CPACR: full access to CP10 and CP11, the FPU */
    __asm__ volatile("dsb\n\tisb");
#endif
    const uint32_t *from = __data_load;
    for (uint32_t *to = __data_start; to < __data_end; ++to) {
        *to = *from++;
    }
    for (uint32_t *to = __bss_start; to < __bss_end; ++to) {
        *to = 0;
    }
    (void)main();
}

/* Tells the host, which would otherwise wait for an answer, and stops. */
static void fault(void)
{
    for (const char *c = "\r\ne-[Fault]\r\n"; *c != '\0'; ++c) {
        tt_serial_write((uint8_t)*c);
    }
    for (;;) {
        __asm__ volatile("wfi");
    }
}
