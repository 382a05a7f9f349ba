package org.latchkey.shell.internal.command;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.door.PublicAddress;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.shell.internal.FakeParts;
import org.latchkey.shell.internal.Paper;

/** What DHCP servers are told; the real ones read it in the tests against real software. */
public final class DhcpOptionsCommandTest {

  private static String printed(String server, boolean bootstrap, Optional<URI> plain) {
    DhcpOptionsCommand command = new DhcpOptionsCommand();
    command.words = List.of(server);
    command.bootstrap = bootstrap;
    Paper paper = new Paper();
    command.run(FakeParts.running(new Doors(plain)), paper.pipe());
    return paper.text();
  }

  private static String printed(String server) {
    return printed(server, false, Optional.empty());
  }

  @Test
  public void keaHasEachClassWithItsOptionsAndNoCommaThatPartsAValue() {
    String text = printed("kea");
    assertTrue(
        text, text.contains("{ \"code\": 66, \"data\": \"https://pbx.example.org/provision/\" }"));
    assertTrue(text, text.contains("\"test\": \"substring(option[60].hex,0,7) == 'Polycom'\""));
    assertTrue(
        text,
        text.contains("\"TLSSRVR=pbx.example.org\\\\,TLSPORT=443\\\\,TLSDIR=/provision/avaya\""));
    assertTrue(text, text.contains("{ \"name\": \"phones-242\", \"code\": 242"));
    assertFalse(text, text.contains("\"name\": \"phones-66\""));
  }

  @Test
  public void dnsmasqTellsClassesApartByTheirTags() {
    List<String> lines = printed("dnsmasq").lines().toList();
    assertTrue(lines.contains("dhcp-option=66,\"https://pbx.example.org/provision/\""));
    assertTrue(lines.contains("dhcp-vendorclass=set:phones-gigaset,Gigaset"));
    assertTrue(
        lines.contains(
            "dhcp-option=tag:phones-gigaset,114,\"https://pbx.example.org/provision/gigaset/\""));
  }

  @Test
  public void windowsDefinesWhatItSets() {
    List<String> lines = printed("windows").lines().toList();
    assertEquals(
        1,
        lines.stream()
            .filter(line -> line.startsWith("Add-DhcpServerv4OptionDefinition -OptionId 160 "))
            .count());
    assertTrue(
        lines.contains(
            "Add-DhcpServerv4Policy -Name 'Phones Cisco' -Condition OR -VendorClass"
                + " EQ,'Phones Cisco*'"));
    assertTrue(
        lines.contains(
            "Set-DhcpServerv4OptionValue -PolicyName 'Phones Cisco' -OptionId 66 -Value"
                + " 'https://pbx.example.org/provision/cisco-mpp/$MA.xml'"));
  }

  @Test
  public void onlyTheirClassesAreToldWhatLaptopsTakeForACaptivePortal() {
    for (String line : printed("dnsmasq").lines().toList()) {
      assertFalse(line, line.matches("dhcp-option=(114|160|242),.*"));
    }
  }

  @Test
  public void phonesCanBeSentToTheListenerWithoutTlsWhileItIsOpen() {
    String text = printed("dnsmasq", true, Optional.of(URI.create("http://pbx.example.org:8080/")));
    assertTrue(text, text.contains("dhcp-option=66,\"http://pbx.example.org:8080/\""));
    assertTrue(text, text.contains("HTTPSRVR=pbx.example.org,HTTPPORT=8080,HTTPDIR=/avaya"));
    assertFalse(text, text.contains("https:"));
    RequestRefusedException refused =
        assertThrows(
            RequestRefusedException.class, () -> printed("dnsmasq", true, Optional.empty()));
    assertTrue(refused.getMessage().contains("set bootstrapPort"));
  }

  @Test
  public void anotherServerIsRefusedWithThoseThatAreKnown() {
    RequestRefusedException refused =
        assertThrows(RequestRefusedException.class, () -> printed("dhcpd"));
    assertEquals(
        "Nothing is known of a DHCP server 'dhcpd', but of kea, dnsmasq, windows.",
        refused.getMessage());
  }

  private record Doors(Optional<URI> bootstrap) implements PublicAddress {
    @Override
    public URI phones() {
      return URI.create("https://pbx.example.org/");
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
}
