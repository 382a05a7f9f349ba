package org.latchkey.pnp.internal;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.latchkey.door.PublicAddress;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.IdentifierForm;
import org.latchkey.key.IssuedKey;
import org.latchkey.phone.FileRequest;
import org.latchkey.phone.PhoneFile;
import org.latchkey.phone.PhoneProfile;
import org.latchkey.phone.ProvisioningRequest;
import org.latchkey.phone.Site;
import org.latchkey.phone.Traits;

/** What phones ask, and where their files are, in the tests. */
final class Questions {

  static final InetSocketAddress PHONE = new InetSocketAddress("10.1.2.3", 5060);
  static final InetSocketAddress OWN = new InetSocketAddress("10.1.2.1", 40000);

  private Questions() {}

  /** The question of a phone whose address is this. */
  static String of(String vendor, InetSocketAddress phone) {
    String here = phone.getAddress().getHostAddress() + ':' + phone.getPort();
    return String.join(
        "\r\n",
        "SUBSCRIBE sip:MAC%3a805ec0000001@224.0.1.75 SIP/2.0",
        "Via: SIP/2.0/UDP " + here + ";branch=z9hG4bK1837;rport",
        "From: <sip:MAC%3a805ec0000001@224.0.1.75>;tag=13756",
        "To: <sip:MAC%3a805ec0000001@224.0.1.75>",
        "Call-ID: 0_2731@" + phone.getAddress().getHostAddress(),
        "CSeq: 1 SUBSCRIBE",
        "Contact: <sip:MAC%3a805ec0000001@" + here + '>',
        "Max-Forwards: 70",
        "User-Agent: a desk phone of the tests 1.0",
        "Expires: 0",
        "Event: ua-profile;profile-type=\"device\";vendor=\"" + vendor + "\";model=\"T54W\"",
        "Accept: application/url",
        "Content-Length: 0",
        "",
        "");
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static Subscribe read(String text) {
    return Subscribe.of(bytes(text)).orElseThrow();
  }

  /** Profiles of these families. */
  static List<PhoneProfile> families(String... names) {
    return List.of(names).stream().<PhoneProfile>map(Family::new).toList();
  }

  /** Doors with a listener without TLS beside them. */
  static final class Doors implements PublicAddress {
    @Override
    public URI phones() {
      return URI.create("https://pbx.example.org:8443/");
    }

    @Override
    public Optional<URI> bootstrap() {
      return Optional.of(URI.create("http://pbx.example.org:8080/"));
    }

    @Override
    public String caPem() {
      return "";
    }

    @Override
    public Optional<Path> caFile() {
      return Optional.empty();
    }
  }

  private record Family(String name) implements PhoneProfile {
    @Override
    public Traits traits() {
      return new Traits(DigestAlgorithm.MD5, IdentifierForm.LONG, false, Optional.empty());
    }

    @Override
    public Optional<FileRequest> recognise(ProvisioningRequest request) {
      return Optional.empty();
    }

    @Override
    public PhoneFile render(FileRequest file, List<IssuedKey> keys, Site site) {
      throw new IllegalStateException("nobody asks for a file here");
    }
  }
}
