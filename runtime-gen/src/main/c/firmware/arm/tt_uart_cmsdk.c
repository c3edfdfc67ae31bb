/*
 * Serial line on the UART of Arm's Cortex-M System Design Kit.
 *
 * Board file: TT_UART_BASE, TT_UART_IRQ (receive).
 *
 * Source: Arm DDI 0479, section 4.3 (APB UART).
 */
#include "tt_cortex_m.h"
#include "tt_port.h"

#define DATA TT_REGISTER(TT_UART_BASE, 0x00u)
#define STATE TT_REGISTER(TT_UART_BASE, 0x04u)
#define CTRL TT_REGISTER(TT_UART_BASE, 0x08u)
#define INTCLEAR TT_REGISTER(TT_UART_BASE, 0x0Cu)
#define BAUDDIV TT_REGISTER(TT_UART_BASE, 0x10u)

#define STATE_TX_FULL 1u
#define STATE_RX_FULL 2u
#define CTRL_TX_ENABLE 1u
#define CTRL_RX_ENABLE 2u
#define CTRL_RX_INTERRUPT 8u
#define INT_RX 2u

void tt_serial_start(void)
{
    BAUDDIV = (TT_CPU_HZ + TT_BAUD / 2u) / TT_BAUD;
    CTRL = CTRL_TX_ENABLE | CTRL_RX_ENABLE | CTRL_RX_INTERRUPT;
    tt_wake_on(TT_UART_IRQ);
}

uint8_t tt_serial_read(void)
{
    while ((STATE & STATE_RX_FULL) == 0u) {
        tt_sleep_until(TT_UART_IRQ);
    }
    INTCLEAR = INT_RX;
    return (uint8_t)DATA;
}

void tt_serial_write(uint8_t byte)
{
    while ((STATE & STATE_TX_FULL) != 0u) {
    }
    DATA = byte;
}
