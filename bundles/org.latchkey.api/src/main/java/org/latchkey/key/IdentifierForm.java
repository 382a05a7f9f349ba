package org.latchkey.key;

/** The two lengths of a key identifier. */
public enum IdentifierForm {
  /** 32 characters: 80 bit unique part, 60 bit tag. */
  LONG,
  /** 20 characters for phones with short fields: 50 bit unique part, 30 bit tag. */
  SHORT
}
