package org.latchkey.shell.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A DHCP server, and how options are written for it. */
public enum DhcpServer {
  /** ISC Kea: members of {@code Dhcp4} in kea-dhcp4.conf. */
  KEA {
    @Override
    public List<String> lines(List<DhcpOption> options) {
      List<String> lines = new ArrayList<>();
      lines.add("{ \"Dhcp4\": {");
      lines.add("  \"option-def\": [");
      lines.addAll(
          list(
              options.stream()
                  .map(DhcpOption::code)
                  .filter(code -> code != TFTP_SERVER_NAME && code != DEFAULT_URL)
                  .distinct()
                  .map(
                      code ->
                          "    { \"name\": \"phones-%d\", \"code\": %d, \"type\": \"string\" }"
                              .formatted(code, code))
                  .toList()));
      lines.add("  ],");
      lines.add("  \"option-data\": [");
      lines.addAll(
          list(
              options.stream()
                  .filter(one -> one.vendorClass().isEmpty())
                  .map(this::data)
                  .toList()));
      lines.add("  ],");
      lines.add("  \"client-classes\": [");
      List<String> classes = new ArrayList<>();
      for (String name : classes(options)) {
        String data =
            String.join(
                ",\n",
                options.stream()
                    .filter(one -> one.vendorClass().equals(Optional.of(name)))
                    .map(this::data)
                    .map("    "::concat)
                    .toList());
        classes.add(
            "    { \"name\": \"phones-%s\", \"test\": \"substring(option[60].hex,0,%d) == '%s'\",\n      \"option-data\": [\n%s ] }"
                .formatted(tag(name), name.length(), name, data));
      }
      lines.addAll(list(classes));
      lines.add("  ]");
      lines.add("} }");
      return lines;
    }

    private String data(DhcpOption option) {
      return "    { \"code\": %d, \"data\": \"%s\" }"
          .formatted(option.code(), option.value().replace(",", "\\\\,"));
    }

    private List<String> list(List<String> entries) {
      return Stream.of(String.join(",\n", entries).split("\n", -1)).toList();
    }
  },
  /** dnsmasq: lines of dnsmasq.conf. */
  DNSMASQ {
    @Override
    public List<String> lines(List<DhcpOption> options) {
      List<String> lines = new ArrayList<>();
      classes(options)
          .forEach(
              name -> lines.add("dhcp-vendorclass=set:phones-%s,%s".formatted(tag(name), name)));
      for (DhcpOption option : options) {
        String tag = option.vendorClass().map(name -> "tag:phones-" + tag(name) + ',').orElse("");
        lines.add("dhcp-option=%s%d,\"%s\"".formatted(tag, option.code(), option.value()));
      }
      return lines;
    }
  },
  /** Windows Server: commands of its DHCP server for PowerShell. */
  WINDOWS {
    @Override
    public List<String> lines(List<DhcpOption> options) {
      List<String> lines = new ArrayList<>();
      options.stream()
          .map(DhcpOption::code)
          .filter(code -> code != TFTP_SERVER_NAME)
          .distinct()
          .forEach(
              code ->
                  lines.add(
                      "Add-DhcpServerv4OptionDefinition -OptionId %d -Name 'Phones %d' -Type String"
                          .formatted(code, code)));
      for (String name : classes(options)) {
        lines.add(
            "Add-DhcpServerv4Class -Name 'Phones %1$s' -Type Vendor -Data '%1$s'".formatted(name));
        lines.add(
            "Add-DhcpServerv4Policy -Name 'Phones %1$s' -Condition OR -VendorClass EQ,'Phones %1$s*'"
                .formatted(name));
      }
      for (DhcpOption option : options) {
        String policy =
            option.vendorClass().map(name -> " -PolicyName 'Phones " + name + '\'').orElse("");
        lines.add(
            "Set-DhcpServerv4OptionValue%s -OptionId %d -Value '%s'"
                .formatted(policy, option.code(), option.value()));
      }
      return lines;
    }
  };

  private static final int TFTP_SERVER_NAME = 66;
  private static final int DEFAULT_URL = 114;

  /** What goes into its configuration. */
  public abstract List<String> lines(List<DhcpOption> options);

  /** Its name as it is typed. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static List<String> classes(List<DhcpOption> options) {
    return options.stream().flatMap(one -> one.vendorClass().stream()).distinct().toList();
  }

  private static String tag(String vendorClass) {
    return vendorClass.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
