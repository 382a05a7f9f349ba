package org.latchkey.shell.internal;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A DHCP option that tells phones where their files are (RFC 2132).
 *
 * @param vendorClass how the vendor class (option 60) of those begins that get it; empty: all do
 * @param code its number
 * @param value its text
 */
public record DhcpOption(Optional<String> vendorClass, int code, String value) {

  private static final int TFTP_SERVER_NAME = 66;
  private static final int DEFAULT_URL = 114;
  private static final int POLY_AND_CISCO = 160;
  private static final int AVAYA = 242;

  /**
   * What the phones of a site need. 66 is for all; the others only for whom they are made, since
   * laptops take 114 and 160 for the page of a captive portal (RFC 8910).
   *
   * @param files where files are, with a slash at its end
   * @param plain whether that is the listener without TLS
   */
  public static List<DhcpOption> forPhones(URI files, boolean plain) {
    List<DhcpOption> options = new ArrayList<>();
    options.add(new DhcpOption(Optional.empty(), TFTP_SERVER_NAME, files.toString()));
    options.add(of("Polycom", POLY_AND_CISCO, files + "poly/"));
    options.add(of("Cisco", TFTP_SERVER_NAME, files + "cisco-mpp/$MA.xml"));
    options.add(of("Cisco", POLY_AND_CISCO, files + "cisco-mpp/$MA.xml"));
    options.add(of("Gigaset", DEFAULT_URL, files + "gigaset/"));
    options.add(of("ccp.avaya.com", AVAYA, avaya(files, plain)));
    return options;
  }

  private static DhcpOption of(String vendorClass, int code, String value) {
    return new DhcpOption(Optional.of(vendorClass), code, value);
  }

  /** Avaya's own form: server, port and folder apart. */
  private static String avaya(URI files, boolean plain) {
    String server = plain ? "HTTP" : "TLS";
    int usual = plain ? 80 : 443;
    return "%1$sSRVR=%2$s,%1$sPORT=%3$d,%1$sDIR=%4$savaya"
        .formatted(
            server,
            files.getHost(),
            files.getPort() < 0 ? usual : files.getPort(),
            files.getPath());
  }
}
