/*
 * One inference on an emulated core: its instructions, its stack, and its output bytes, through semihosting.
 *
 * QEMU runs with `-icount shift=6`: an instruction takes 64 ns of virtual time, more than a tick of the timer, so that
 * a count of ticks gives the instructions exactly. With BENCH_SIZE_ONLY the program is what a firmware cannot do
 * without: start-up, static data, one inference.
 */
#include "model.h"

#include <stddef.h>

void stack_top(void);
extern uint32_t data_load[], data_start[], data_end[], bss_start[], bss_end[];
int main(void);

__attribute__((used)) static void reset(void)
{
#ifdef __ARM_FEATURE_MVE
    /* Vector instructions fault until coprocessors 10 and 11 are switched on, in CPACR. */
    *(volatile uint32_t *)0xe000ed88 |= 0xfu << 20;
    __asm__ volatile("dsb\n\tisb" : : : "memory");
#endif
    const uint32_t *from = data_load;
    for (uint32_t *to = data_start; to < data_end; to++) {
        *to = *from++;
    }
    for (uint32_t *to = bss_start; to < bss_end; to++) {
        *to = 0;
    }
    main();
    for (;;) {
    }
}

#ifdef __riscv
__attribute__((section(".vectors"), naked, used)) static void vectors(void)
{
    __asm__ volatile("la sp, stack_top\n\tj reset");
}
#else
__attribute__((section(".vectors"), used)) static void (*const vectors[2])(void) = {
    stack_top,
    reset,
};
#endif

#ifdef BENCH_SIZE_ONLY

int main(void)
{
    for (;;) {
        model_invoke();
    }
}

#else

#define STACK_BYTES 4096
#define STACK_PAINT 0xA5A5A5A5u

#if defined(BENCH_MINSTRET)
static void start_timer(void)
{
}

/* QEMU's counter of instructions is its virtual time in ns, 64 an instruction. */
static uint32_t now(void)
{
    uint32_t high, low, high_again;
    do {
        __asm__ volatile(".option push\n\t.option arch, +zicsr\n\t"
                         "csrr %0, minstreth\n\tcsrr %1, minstret\n\tcsrr %2, minstreth\n\t.option pop"
                         : "=r"(high), "=r"(low), "=r"(high_again));
    } while (high != high_again);
    return high << 26 | low >> 6;
}
#elif defined(BENCH_CMSDK_TIMER)
/* CMSDK APB timer: counts down from RELOAD at the bus clock. */
#define TIMER_CTRL (*(volatile uint32_t *)(BENCH_CMSDK_TIMER + 0x0))
#define TIMER_VALUE (*(volatile uint32_t *)(BENCH_CMSDK_TIMER + 0x4))
#define TIMER_RELOAD (*(volatile uint32_t *)(BENCH_CMSDK_TIMER + 0x8))
static void start_timer(void)
{
    TIMER_RELOAD = 0xFFFFFFFFu;
    TIMER_VALUE = 0xFFFFFFFFu;
    TIMER_CTRL = 1;
}

static uint32_t now(void)
{
    return 0xFFFFFFFFu - TIMER_VALUE;
}
#else
/* SSE-300 timer: shows the system counter, whose control frame lies 1 MB above. */
#define COUNTER_CNTCR (*(volatile uint32_t *)(BENCH_SSE_TIMER + 0x100000))
#define TIMER_CNTPCT_LOW (*(volatile uint32_t *)(BENCH_SSE_TIMER + 0x0))
static void start_timer(void)
{
    COUNTER_CNTCR = 1;
}

static uint32_t now(void)
{
    return TIMER_CNTPCT_LOW;
}
#endif

#ifdef __riscv
__attribute__((noinline, aligned(16)))
#endif
static void semihost(uint32_t operation, const void *argument)
{
#ifdef __riscv
    register uint32_t a0 __asm__("a0") = operation;
    register const void *a1 __asm__("a1") = argument;
    /* The break is a call between these two instructions, all of them uncompressed and on one page: hence the alignment. */
    __asm__ volatile(".option push\n\t.option norvc\n\t"
                     "slli zero, zero, 0x1f\n\tebreak\n\tsrai zero, zero, 7\n\t.option pop"
                     : "+r"(a0)
                     : "r"(a1)
                     : "memory");
#else
    register uint32_t r0 __asm__("r0") = operation;
    register const void *r1 __asm__("r1") = argument;
    __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
#endif
}

static void put(const char *text)
{
    semihost(0x04, text);
}

static void put_number(uint32_t value)
{
    char digits[12];
    char *at = &digits[11];
    *at = '\0';
    do {
        *--at = (char)('0' + value % 10u);
        value /= 10u;
    } while (value != 0u);
    put(at);
}

static void put_bytes(const int8_t *bytes, int32_t count)
{
    static const char hex[] = "0123456789abcdef";
    for (int32_t i = 0; i < count; i++) {
        const char text[3] = {hex[((uint8_t)bytes[i]) >> 4], hex[bytes[i] & 15], '\0'};
        put(text);
    }
}

static uint32_t instructions(uint32_t ticks)
{
    return (uint32_t)(((uint64_t)ticks * BENCH_TICK_PS + 32000u) / 64000u);
}

static void fill(uint32_t seed, int8_t *input, int32_t bytes)
{
    for (int32_t i = 0; i < bytes; i++) {
        seed ^= seed << 13;
        seed ^= seed >> 17;
        seed ^= seed << 5;
        input[i] = (int8_t)(uint8_t)seed;
    }
}

static uint32_t *stack_bottom(void)
{
    return (uint32_t *)((uintptr_t)&stack_top & ~(uintptr_t)3) - STACK_BYTES / 4;
}

static uint32_t painted_until(void)
{
    uint32_t *at = stack_bottom();
    while (*at == STACK_PAINT) {
        at++;
    }
    return (uint32_t)(uintptr_t)at;
}

/* The bytes of stack below this function's frame that an inference uses. */
__attribute__((noinline)) static uint32_t stack_of_invoke(void)
{
    uint32_t *frame = __builtin_frame_address(0);
    for (uint32_t *at = stack_bottom(); at < frame - 16; at++) {
        *at = STACK_PAINT;
    }
    model_invoke();
    return (uint32_t)(uintptr_t)frame - painted_until();
}

#ifdef TT_TRACE
static uint32_t operator_ticks[MODEL_OPERATORS];
static uint32_t last;

static void trace(uint16_t op, const int8_t *output, uint32_t bytes)
{
    (void)output;
    (void)bytes;
    operator_ticks[op] += now() - last;
    last = now();
}
#endif

int main(void)
{
    start_timer();
    uint32_t start = now();
    const uint32_t nothing = now() - start;
#ifdef TT_TRACE
    fill(1, model_input(), MODEL_INPUT_BYTES);
    model_set_trace(trace);
    last = now();
    model_invoke();
    for (int32_t op = 0; op < MODEL_OPERATORS; op++) {
        put("op ");
        put_number((uint32_t)op);
        put(" ");
        put_number(instructions(operator_ticks[op] > nothing ? operator_ticks[op] - nothing : 0));
        put("\n");
    }
#else
    for (uint32_t seed = 1; seed <= BENCH_SEEDS; seed++) {
        fill(seed, model_input(), MODEL_INPUT_BYTES);
        start = now();
        model_invoke();
        const uint32_t ticks = now() - start - nothing;
        put("run ");
        put_number(instructions(ticks));
        put(" ");
        put_bytes(model_output(), MODEL_OUTPUT_BYTES);
        put("\n");
    }
    put("stack ");
    put_number(stack_of_invoke());
    put("\n");
#endif
    semihost(0x18, (const void *)0x20026);
    return 0;
}

#endif
