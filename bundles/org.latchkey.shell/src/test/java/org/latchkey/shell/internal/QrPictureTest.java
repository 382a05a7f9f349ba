package org.latchkey.shell.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.MultiFormatReader;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.GlobalHistogramBinarizer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.Test;

/** QR codes on a terminal, read again by a reader that shares nothing with what draws them. */
public final class QrPictureTest {

  /** A module of the picture has so many pixels, as a camera would see it. */
  private static final int PIXELS = 4;

  private static final int WHITE = 0xffffff;

  /** What a camera reads of what was printed, on a terminal with light letters. */
  public static String read(List<String> lines) throws NotFoundException {
    int width = lines.get(0).length() * PIXELS;
    int height = lines.size() * 2 * PIXELS;
    int[] pixels = new int[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        char block = lines.get(y / (2 * PIXELS)).charAt(x / PIXELS);
        boolean upper = y / PIXELS % 2 == 0;
        boolean light = block == '█' || block == (upper ? '▀' : '▄');
        pixels[y * width + x] = light ? WHITE : 0;
      }
    }
    BinaryBitmap seen =
        new BinaryBitmap(
            new GlobalHistogramBinarizer(new RGBLuminanceSource(width, height, pixels)));
    return new MultiFormatReader()
        .decode(seen, Map.of(DecodeHintType.POSSIBLE_FORMATS, List.of(BarcodeFormat.QR_CODE)))
        .getText();
  }

  @Test
  public void whatIsDrawnIsWhatWasToBeSaid() throws NotFoundException {
    for (String text :
        List.of(
            "https://pbx.example.org:8443/provision/linphone/abcdefgh23456777.xml",
            "https://[fd00::1]:8443/provision/linphone/ABCDEFGH-23456777.xml",
            "h",
            "https://" + "a".repeat(250) + ".example.org:8443/provision/linphone/x.xml")) {
      assertEquals(text, read(QrPicture.of(text.getBytes(StandardCharsets.US_ASCII))));
    }
  }

  @Test
  public void aTerminalWithColoursShowsItWhiteOnBlackWhateverItsOwnColoursAre()
      throws NotFoundException {
    Paper paper = new Paper();
    List<String> picture = QrPicture.of("hello".getBytes(StandardCharsets.US_ASCII));
    assertTrue(paper.terminal(80).picture(picture));
    List<String> lines = paper.text().lines().toList();
    assertTrue(lines.stream().allMatch(line -> line.startsWith("\u001b[97;40m")));
    assertTrue(lines.stream().allMatch(line -> line.endsWith("\u001b[0m")));
    assertEquals(
        "hello",
        read(lines.stream().map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "")).toList()));
  }

  @Test
  public void aTerminalThatIsTooNarrowShowsNoHalfOfIt() {
    Paper paper = new Paper();
    List<String> picture = QrPicture.of("hello".getBytes(StandardCharsets.US_ASCII));
    assertFalse(paper.terminal(picture.get(0).length() - 1).picture(picture));
    assertEquals("", paper.text());
  }
}
