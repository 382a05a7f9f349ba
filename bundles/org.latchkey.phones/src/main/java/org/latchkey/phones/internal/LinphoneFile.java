package org.latchkey.phones.internal;

import java.util.Arrays;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.Registrar;
import org.latchkey.key.Secret;
import org.latchkey.keyscheme.Ha1;

/**
 * Writes Linphone's remote provisioning file (XML of the namespace below). It carries HA1 and never
 * the secret key. Sections and entries are those of liblinphone's own configuration file.
 */
final class LinphoneFile {

  private static final String NAMESPACE = "http://www.linphone.org/xsds/lpconfig.xsd";

  private final XMLStreamWriter xml;

  private LinphoneFile(XMLStreamWriter xml) {
    this.xml = xml;
  }

  /**
   * The file for one key.
   *
   * @param key the caller's
   * @param settings what the phone is told beside it
   * @param again the URI at which the phone fetches its file again, up to the password
   */
  static Secret of(IssuedKey key, LinphoneSettings settings, String again) {
    WipedOutput bytes = new WipedOutput();
    try {
      XMLStreamWriter xml =
          XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, "UTF-8");
      new LinphoneFile(xml).write(key, settings, again);
      xml.close();
      return bytes.end();
    } catch (XMLStreamException e) {
      bytes.end().close();
      throw new IllegalStateException("XML can be written to memory", e);
    }
  }

  private void write(IssuedKey key, LinphoneSettings settings, String again)
      throws XMLStreamException {
    DigestAlgorithm least = key.record().least();
    DigestAlgorithm algorithm =
        least.isAtLeast(settings.algorithm()) ? least : settings.algorithm();
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeStartElement("config");
    xml.writeDefaultNamespace(NAMESPACE);
    section("misc");
    provisioning(key, again);
    end();
    section("sip");
    entry("default_proxy", "0");
    entry("media_encryption", settings.srtp() ? "srtp" : "none");
    entry("media_encryption_mandatory", "0");
    end();
    account(key, algorithm, settings.expirySeconds());
    authentication(key, algorithm);
    xml.writeEndElement();
    xml.writeEndDocument();
  }

  /** The next start fetches again, with the provisioning login in place of a one-time code. */
  private void provisioning(IssuedKey key, String again) throws XMLStreamException {
    begin("config-uri");
    xml.writeCharacters(again);
    secret(key.provisioningPassword().copy());
    xml.writeCharacters(".xml");
    end();
    entry("transient_provisioning", "0");
  }

  private void account(IssuedKey key, DigestAlgorithm algorithm, int expirySeconds)
      throws XMLStreamException {
    Registrar registrar = key.registrar();
    int port = algorithm == DigestAlgorithm.MD5 ? registrar.tlsPort() : registrar.tlsSha256Port();
    String server = String.format(Locale.ROOT, "<sip:%s:%d;transport=tls>", registrar.host(), port);
    section("proxy_0");
    entry("reg_proxy", server);
    entry("reg_route", server);
    entry("reg_identity", SipText.nameAddress(key.displayName(), key.record().aor()));
    entry("reg_expires", Integer.toString(expirySeconds));
    entry("reg_sendregister", "1");
    entry("publish", "0");
    end();
  }

  private void authentication(IssuedKey key, DigestAlgorithm algorithm) throws XMLStreamException {
    String realm = key.record().realm();
    section("auth_info_0");
    entry("username", key.record().aor().user());
    entry("userid", key.keyIdentifier());
    entry("domain", key.record().aor().domain());
    entry("realm", realm);
    entry("algorithm", algorithm.token());
    begin("ha1");
    byte[] secret = key.secret().copy();
    try {
      secret(Ha1.hex(algorithm, key.keyIdentifier(), realm, secret));
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
    end();
    end();
  }

  /** Writes ASCII and wipes it. */
  private void secret(byte[] ascii) throws XMLStreamException {
    char[] characters = new char[ascii.length];
    try {
      for (int i = 0; i < ascii.length; i++) {
        characters[i] = (char) ascii[i];
      }
      xml.writeCharacters(characters, 0, characters.length);
    } finally {
      Arrays.fill(ascii, (byte) 0);
      Arrays.fill(characters, '\0');
    }
  }

  private void section(String name) throws XMLStreamException {
    xml.writeStartElement("section");
    xml.writeAttribute("name", name);
  }

  private void entry(String name, String value) throws XMLStreamException {
    begin(name);
    xml.writeCharacters(SipText.oneLine(value));
    end();
  }

  private void begin(String name) throws XMLStreamException {
    xml.writeStartElement("entry");
    xml.writeAttribute("name", name);
    xml.writeAttribute("overwrite", "true");
  }

  private void end() throws XMLStreamException {
    xml.writeEndElement();
  }
}
