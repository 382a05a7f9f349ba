package org.latchkey.pbx.radius.internal;

import org.aaa4j.radius.core.attribute.AttributeType;
import org.aaa4j.radius.core.dictionary.AttributeDefinition;
import org.aaa4j.radius.core.dictionary.Dictionary;
import org.aaa4j.radius.core.dictionary.PacketDefinition;
import org.aaa4j.radius.core.dictionary.TlvDefinition;
import org.jspecify.annotations.Nullable;

/** Knows nothing, so that each attribute stays the bytes it came in: a digest is over bytes. */
final class NoDictionary implements Dictionary {

  @Override
  public @Nullable PacketDefinition getPacketDefinition(int code) {
    return null;
  }

  @Override
  public @Nullable AttributeDefinition<?, ?> getAttributeDefinition(AttributeType type) {
    return null;
  }

  @Override
  public @Nullable AttributeDefinition<?, ?> getAttributeDefinition(String name) {
    return null;
  }

  @Override
  public @Nullable Integer getNumericAttributeValue(AttributeType type, String name) {
    return null;
  }

  @Override
  public @Nullable TlvDefinition getTlvDefinition(AttributeType type) {
    return null;
  }
}
