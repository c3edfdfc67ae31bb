/*
 * Sends readings to `tinytune collect`: a line of whole numbers with commas between, RATE_HZ times a second.
 *
 *     # tinytune rate=100 columns=a0,a1,a2
 *     512,498,731
 *
 * The remark comes once a second, so that a host that begins to listen later knows what the numbers are. The time of
 * each reading follows from the board's clock and not from the last reading, so that nothing adds up. A board that does
 * not keep up leaves moments out and says how many: "# late 2". Then choose a lower rate or a higher baud.
 *
 * What to change is above the line of dashes.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#define RATE_HZ 100
#define BAUD 115200

// 1: every line begins with the microseconds at which it was read.
#define SEND_TIME 0

// 1: an accelerometer MPU-6050 on the I2C pins; 0: the analog pins below. For another sensor, change the two functions.
#define USE_MPU6050 0

#if defined(__AVR__)
#include <avr/wdt.h>
#endif

#if USE_MPU6050

#include <Wire.h>

#define AXES "ax,ay,az"
static const uint8_t AXIS_COUNT = 3;
static const uint8_t ADDRESS = 0x68;
static const uint8_t POWER = 0x6B;
static const uint8_t FIRST_READING = 0x3B;

static void beginAxes() {
  Wire.begin();
  Wire.setClock(400000);
  Wire.beginTransmission(ADDRESS);
  Wire.write(POWER);
  Wire.write(0);  // out of its sleep; the range is +-2 g, 16384 counts a g
  Wire.endTransmission();
}

static void readAxes(int16_t *axes) {
  Wire.beginTransmission(ADDRESS);
  Wire.write(FIRST_READING);
  Wire.endTransmission(false);
  Wire.requestFrom(ADDRESS, (uint8_t)(2 * AXIS_COUNT));
  for (uint8_t i = 0; i < AXIS_COUNT; i++) {
    const uint8_t high = Wire.read();
    const uint8_t low = Wire.read();
    axes[i] = (int16_t)((uint16_t)high << 8 | low);
  }
}

#else

#define AXES "a0,a1,a2"
static const uint8_t PINS[] = {A0, A1, A2};
static const uint8_t AXIS_COUNT = sizeof PINS;

static void beginAxes() {
}

static void readAxes(int16_t *axes) {
  for (uint8_t i = 0; i < AXIS_COUNT; i++) {
    axes[i] = analogRead(PINS[i]);
  }
}

#endif

// ---------------------------------------------------------------------------------------------------------------------

static const uint32_t PERIOD = 1000000UL / RATE_HZ;
static const uint32_t PERIOD_REST = 1000000UL % RATE_HZ;

static uint32_t due;       // microseconds; it wraps after 71 minutes, as micros() does
static uint32_t due_rest;  // and parts of one, of which RATE_HZ make a whole
static uint32_t until_remark;

static void advance() {
  due += PERIOD;
  due_rest += PERIOD_REST;
  if (due_rest >= RATE_HZ) {
    due_rest -= RATE_HZ;
    due++;
  }
}

static bool isDue() {
  return (int32_t)(micros() - due) >= 0;
}

static void printRemark() {
  Serial.print(F("# tinytune rate="));
  Serial.print(RATE_HZ);
  Serial.print(F(" columns="));
#if SEND_TIME
  Serial.print(F("time_us,"));
#endif
  Serial.println(F(AXES));
}

void setup() {
#if defined(MCUSR)
  // A bootloader starts the sketch by a watchdog reset, and not every one switches the watchdog off again.
  MCUSR = 0;
  wdt_disable();
#endif
  Serial.begin(BAUD);
  beginAxes();
  due = micros();
}

void loop() {
  if (until_remark == 0) {
    printRemark();
    until_remark = RATE_HZ;
  }
  until_remark--;

  while (!isDue()) {
    // The next moment is less than a period away.
  }
#if SEND_TIME
  Serial.print(micros());
  Serial.print(',');
#endif
  int16_t axes[AXIS_COUNT];
  readAxes(axes);
  for (uint8_t i = 0; i < AXIS_COUNT; i++) {
    if (i > 0) {
      Serial.print(',');
    }
    Serial.print(axes[i]);
  }
  Serial.println();

  advance();
  uint16_t late = 0;
  while (isDue()) {
    advance();
    late++;
  }
  if (late > 0) {
    Serial.print(F("# late "));
    Serial.println(late);
  }
}
