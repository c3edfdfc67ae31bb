/*
 * The two interrupts of the ATmega port, in assembler so that their cycles and stack are fixed.
 */
#include <avr/io.h>

    .section .text.tt_interrupts, "ax", @progbits

/* Adds one to the 16-bit count in GPIOR2:GPIOR1. 20 cycles, always. */
    .global TIMER1_OVF_vect
    .type   TIMER1_OVF_vect, @function
TIMER1_OVF_vect:
    push r24
    in   r24, _SFR_IO_ADDR(SREG)
    push r24
    in   r24, _SFR_IO_ADDR(GPIOR1)
    subi r24, 0xFF                  /* + 1; no borrow only when it wraps to 0 */
    out  _SFR_IO_ADDR(GPIOR1), r24
    in   r24, _SFR_IO_ADDR(GPIOR2)
    sbci r24, 0xFF                  /* + 1 - borrow */
    out  _SFR_IO_ADDR(GPIOR2), r24
    pop  r24
    out  _SFR_IO_ADDR(SREG), r24
    pop  r24
    reti
    .size TIMER1_OVF_vect, . - TIMER1_OVF_vect

/* Only wakes the core, and returns with interrupts still off: the byte is left to tt_serial_read(). */
    .global USART_RX_vect
    .type   USART_RX_vect, @function
USART_RX_vect:
    ret
    .size USART_RX_vect, . - USART_RX_vect
