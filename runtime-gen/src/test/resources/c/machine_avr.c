/* An AVR under simavr: text through the first UART; sleeping without interrupts ends the simulation. */
#include "harness.h"

#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/sleep.h>

void harness_start(void)
{
    UCSR0A = 1 << U2X0;
    UBRR0 = 0;
    UCSR0B = 1 << TXEN0;
}

void harness_put(char c)
{
    while ((UCSR0A & (1 << UDRE0)) == 0) {
    }
    UDR0 = (uint8_t)c;
}

void harness_end(void)
{
    while ((UCSR0A & (1 << UDRE0)) == 0) {
    }
    cli();
    sleep_mode();
}
