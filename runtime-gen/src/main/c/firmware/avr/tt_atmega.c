/*
 * Port to the ATmega328P and its relatives: USART0 polled, cycles from Timer 1 at the CPU's clock.
 *
 * Timer 1 has 16 bits; its overflow interrupt (tt_interrupts.S) counts the upper 16 in GPIOR1 and GPIOR2, two I/O
 * registers that no peripheral uses. It always takes the same number of cycles, which is measured once and which the
 * stopwatch subtracts.
 *
 * Source: ATmega328P datasheet, sections 7.7 (interrupt response), 16 (Timer/Counter1), 20 (USART0).
 */
#include "tt_port.h"

#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/wdt.h>

/* Twice the speed has the smaller error at 16 MHz: 2.1 % at 115200 baud instead of 3.5 %. */
#define UBRR_VALUE ((TT_CPU_HZ + 4UL * TT_BAUD) / (8UL * TT_BAUD) - 1UL)

#define RECEIVE_AND_SEND ((uint8_t)(_BV(RXEN0) | _BV(TXEN0)))

static uint32_t started;
static uint8_t overflow_cycles;

void tt_serial_start(void)
{
    /* A bootloader starts the firmware by a watchdog reset, and not every one switches the watchdog off again. */
    MCUSR = 0;
    wdt_disable();
    UCSR0A = (uint8_t)_BV(U2X0);
    UBRR0 = (uint16_t)UBRR_VALUE;
    UCSR0C = (uint8_t)(_BV(UCSZ01) | _BV(UCSZ00));
    UCSR0B = RECEIVE_AND_SEND;
    SMCR = (uint8_t)_BV(SE); /* the sleep instruction idles the core, the rest runs on */
}

/* Cycles from one write of the timer to a read of it, with or without an overflow in between. */
static __attribute__((noinline)) uint8_t span(uint16_t from)
{
    TCNT1 = from;
    __asm__ volatile("nop\n\tnop\n\tnop\n\tnop\n\tnop\n\tnop\n\tnop\n\tnop\n\t"
                     "nop\n\tnop\n\tnop\n\tnop\n\tnop\n\tnop\n\tnop\n\tnop");
    return (uint8_t)(TCNT1L - (uint8_t)from);
}

void tt_ticks_start(void)
{
    TCCR1A = 0;
    TIMSK1 = (uint8_t)_BV(TOIE1);
    TCCR1B = (uint8_t)_BV(CS10);
    sei();
    overflow_cycles = (uint8_t)(span(0xFFF8u) - span(0));
}

uint8_t tt_serial_read(void)
{
    cli();
    while ((UCSR0A & _BV(RXC0)) == 0) {
        UCSR0B = RECEIVE_AND_SEND | (uint8_t)_BV(RXCIE0);
        sei();
        __asm__ volatile("sleep"); /* the instruction after sei still runs uninterrupted */
        cli();
        UCSR0B = RECEIVE_AND_SEND;
    }
    const uint8_t byte = UDR0;
    sei();
    return byte;
}

void tt_serial_write(uint8_t byte)
{
    while ((UCSR0A & _BV(UDRE0)) == 0) {
    }
    UDR0 = byte;
}

/* An overflow that came after interrupts were switched off is still in TOV1. */
uint32_t tt_ticks(void)
{
    cli();
    const uint16_t low = TCNT1;
    uint16_t high = (uint16_t)(GPIOR1 | (uint16_t)GPIOR2 << 8);
    if ((TIFR1 & _BV(TOV1)) != 0 && low < 0x8000u) {
        ++high;
    }
    sei();
    return (uint32_t)high << 16 | low;
}

void tt_stopwatch_start(void)
{
    started = tt_ticks();
}

uint32_t tt_stopwatch_stop(void)
{
    const uint32_t stopped = tt_ticks();
    const uint16_t overflows = (uint16_t)((stopped >> 16) - (started >> 16));
    return stopped - started - (uint32_t)overflows * overflow_cycles;
}
