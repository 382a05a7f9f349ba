package org.latchkey.key;

import java.time.Instant;

/**
 * A generation of the enterprise master key, as the store knows it.
 *
 * @param number 0 to 1023
 * @param checkValue a public value that tells this master key from any other, in hexadecimal
 * @param createdAt when
 * @param enterprise the enterprise it was made for
 */
public record Generation(int number, String checkValue, Instant createdAt, String enterprise) {}
