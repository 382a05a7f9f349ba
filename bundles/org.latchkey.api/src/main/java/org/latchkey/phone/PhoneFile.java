package org.latchkey.phone;

import org.latchkey.key.Secret;

/**
 * A rendered configuration file. The receiver closes the body when it was sent.
 *
 * @param contentType the media type
 * @param body the bytes
 */
public record PhoneFile(String contentType, Secret body) {}
