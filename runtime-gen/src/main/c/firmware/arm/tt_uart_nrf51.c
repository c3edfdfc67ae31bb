/*
 * Serial line on the UART of Nordic's nRF51.
 *
 * Board file: TT_UART_BASE, TT_UART_IRQ, TT_UART_TX_PIN, TT_UART_RX_PIN.
 *
 * Source: nRF51 Series Reference Manual, chapter 29 (UART).
 */
#include "tt_cortex_m.h"
#include "tt_port.h"

#define START_RX TT_REGISTER(TT_UART_BASE, 0x000u)
#define START_TX TT_REGISTER(TT_UART_BASE, 0x008u)
#define RX_READY TT_REGISTER(TT_UART_BASE, 0x108u)
#define TX_READY TT_REGISTER(TT_UART_BASE, 0x11Cu)
#define INTENSET TT_REGISTER(TT_UART_BASE, 0x304u)
#define ENABLE TT_REGISTER(TT_UART_BASE, 0x500u)
#define PSEL_TXD TT_REGISTER(TT_UART_BASE, 0x50Cu)
#define PSEL_RXD TT_REGISTER(TT_UART_BASE, 0x514u)
#define RXD TT_REGISTER(TT_UART_BASE, 0x518u)
#define TXD TT_REGISTER(TT_UART_BASE, 0x51Cu)
#define BAUDRATE TT_REGISTER(TT_UART_BASE, 0x524u)

#define INT_RX_READY (1u << 2)
#define ENABLE_UART 4u

void tt_serial_start(void)
{
    PSEL_TXD = TT_UART_TX_PIN;
    PSEL_RXD = TT_UART_RX_PIN;
    /* Baud rate times 2^32 over 16 MHz; the register holds the upper 20 bits. */
    BAUDRATE = (uint32_t)((((uint64_t)TT_BAUD << 32) / 16000000u + 0x800u) & 0xFFFFF000u);
    ENABLE = ENABLE_UART;
    INTENSET = INT_RX_READY;
    START_RX = 1u;
    START_TX = 1u;
    tt_wake_on(TT_UART_IRQ);
}

uint8_t tt_serial_read(void)
{
    while (RX_READY == 0u) {
        tt_sleep_until(TT_UART_IRQ);
    }
    RX_READY = 0u;
    return (uint8_t)RXD;
}

void tt_serial_write(uint8_t byte)
{
    TX_READY = 0u;
    TXD = byte;
    while (TX_READY == 0u) {
    }
}
