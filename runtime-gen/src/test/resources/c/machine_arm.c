/* A Cortex-M under QEMU: text and the end through semihosting. */
#include "harness.h"

void stack_top(void);
int main(void);

static void reset(void)
{
#ifdef __ARM_FEATURE_MVE
    /* Vector instructions fault until coprocessors 10 and 11 are switched on, in CPACR. */
    *(volatile uint32_t *)0xe000ed88 |= 0xfu << 20;
    __asm__ volatile("dsb\n\tisb" : : : "memory");
#endif
    main();
}

/* Nothing is initialized: the image is loaded into RAM as it is. */
__attribute__((section(".start"), used)) void (*const start[2])(void) = {
    stack_top,
    reset,
};

static void semihost(uint32_t operation, const void *argument)
{
    register uint32_t r0 __asm__("r0") = operation;
    register const void *r1 __asm__("r1") = argument;
    __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
}

void harness_start(void)
{
}

void harness_put(char c)
{
    semihost(0x03, &c);
}

void harness_end(void)
{
    semihost(0x18, (const void *)0x20026);
}
