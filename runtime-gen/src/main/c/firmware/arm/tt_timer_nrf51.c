/*
 * Clock on a 32-bit timer of Nordic's nRF51, which counts at 16 MHz.
 *
 * Board file: TT_TIMER_BASE, TT_CLOCK_BASE.
 *
 * Source: nRF51 Series Reference Manual, chapters 13 (CLOCK) and 18 (TIMER).
 */
#include "tt_cortex_m.h"
#include "tt_port.h"

#define HFCLK_START TT_REGISTER(TT_CLOCK_BASE, 0x000u)
#define START TT_REGISTER(TT_TIMER_BASE, 0x000u)
#define CLEAR TT_REGISTER(TT_TIMER_BASE, 0x00Cu)
#define CAPTURE_0 TT_REGISTER(TT_TIMER_BASE, 0x040u)
#define BITMODE TT_REGISTER(TT_TIMER_BASE, 0x508u)
#define PRESCALER TT_REGISTER(TT_TIMER_BASE, 0x510u)
#define CC_0 TT_REGISTER(TT_TIMER_BASE, 0x540u)

#define BITMODE_32 3u

static uint32_t started;

void tt_ticks_start(void)
{
    HFCLK_START = 1u; /* the crystal takes over from the RC oscillator when it is ready */
    BITMODE = BITMODE_32;
    PRESCALER = 0u;
    CLEAR = 1u;
    START = 1u;
}

uint32_t tt_ticks(void)
{
    CAPTURE_0 = 1u;
    return CC_0;
}

void tt_stopwatch_start(void)
{
    started = tt_ticks();
}

uint32_t tt_stopwatch_stop(void)
{
    return tt_ticks() - started;
}
