/*
 * Clock on the 32-bit timer of Arm's Cortex-M System Design Kit, which counts down at the bus clock.
 *
 * Board file: TT_TIMER_BASE.
 *
 * Source: Arm DDI 0479, section 4.1 (APB timer).
 */
#include "tt_cortex_m.h"
#include "tt_port.h"

#define CTRL TT_REGISTER(TT_TIMER_BASE, 0x00u)
#define VALUE TT_REGISTER(TT_TIMER_BASE, 0x04u)
#define RELOAD TT_REGISTER(TT_TIMER_BASE, 0x08u)

#define CTRL_ENABLE 1u

static uint32_t started;

void tt_ticks_start(void)
{
    RELOAD = 0xFFFFFFFFu;
    VALUE = 0xFFFFFFFFu;
    CTRL = CTRL_ENABLE;
}

uint32_t tt_ticks(void)
{
    return ~VALUE;
}

void tt_stopwatch_start(void)
{
    started = tt_ticks();
}

uint32_t tt_stopwatch_stop(void)
{
    return tt_ticks() - started;
}
