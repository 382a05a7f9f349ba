package org.latchkey.shell.internal;

import io.nayuki.qrcodegen.QrCode;
import io.nayuki.qrcodegen.QrSegment;
import java.util.ArrayList;
import java.util.List;

/**
 * A QR code (ISO/IEC 18004) drawn with block characters: two modules on top of each other in one,
 * light ones drawn, so that it looks right on a dark terminal. Text comes in as bytes, since it may
 * hold a code.
 */
final class QrPicture {

  /** Light modules around it, without which it is not found. */
  private static final int QUIET = 4;

  private QrPicture() {}

  /**
   * The lines of the picture, all of the same length.
   *
   * @param text ASCII; stays the caller's
   */
  static List<String> of(byte[] text) {
    QrCode code = QrCode.encodeSegments(List.of(QrSegment.makeBytes(text)), QrCode.Ecc.MEDIUM);
    List<String> lines = new ArrayList<>();
    for (int y = -QUIET; y < code.size + QUIET; y += 2) {
      StringBuilder line = new StringBuilder();
      for (int x = -QUIET; x < code.size + QUIET; x++) {
        line.append(block(isLight(code, x, y), isLight(code, x, y + 1)));
      }
      lines.add(line.toString());
    }
    return lines;
  }

  /** Beyond the code everything is light. */
  private static boolean isLight(QrCode code, int x, int y) {
    return !code.getModule(x, y);
  }

  private static char block(boolean upper, boolean lower) {
    if (upper) {
      return lower ? '█' : '▀';
    }
    return lower ? '▄' : ' ';
  }
}
