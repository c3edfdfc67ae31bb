/*
 * What a port (arm/, avr/) gives to the device protocol: a serial line and a clock.
 *
 * The build defines, from the board's file:
 *   TT_BOARD_ID   string, the board's id
 *   TT_BAUD       bits per second of the serial line
 *   TT_TICK_HZ    ticks per second of tt_ticks()
 *   TT_CPU_HZ     clock of the core
 */
#ifndef TT_PORT_H
#define TT_PORT_H

#include <stdint.h>

#ifdef __AVR__
#include <avr/pgmspace.h>
/* A constant text that stays in flash; AVR reads flash with instructions of its own. */
#define TT_TEXT(literal) PSTR(literal)
#define TT_TEXT_CHAR(text) ((char)pgm_read_byte(text))
#else
#define TT_TEXT(literal) (literal)
#define TT_TEXT_CHAR(text) (*(text))
#endif

/* Opens the serial line, 8N1 at TT_BAUD. */
void tt_serial_start(void);

/* The next byte from the line. Waits for it without an end, asleep where the line can wake the core. */
uint8_t tt_serial_read(void);

/* Sends one byte; waits while the line is busy. */
void tt_serial_write(uint8_t byte);

/* Starts the clock. */
void tt_ticks_start(void);

/* A free-running counter of TT_TICK_HZ that wraps at 2^32. */
uint32_t tt_ticks(void);

/*
 * Brackets code to be timed: stop gives the ticks since start, without what the port's own interrupts took.
 * Nothing is received in between.
 */
void tt_stopwatch_start(void);
uint32_t tt_stopwatch_stop(void);

#endif
