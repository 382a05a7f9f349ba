package org.latchkey.itests;

import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.keepRuntimeFolder;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.logLevel;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.karaf.options.LogLevelOption.LogLevel;
import org.ops4j.pax.exam.options.extra.VMOption;

/** The assembly as Pax Exam runs it, on ports that nobody else has. */
final class LatchkeyContainer {
  /** What {@code bin/karaf} passes to a Java newer than 8; Pax Exam does not read that script. */
  private static final List<String> OPENED_PACKAGES =
      List.of(
          "java.base/java.security",
          "java.base/java.net",
          "java.base/java.lang",
          "java.base/java.util",
          "java.naming/javax.naming.spi",
          "java.rmi/sun.rmi.transport.tcp");

  private static final List<String> EXPORTED_PACKAGES =
      List.of(
          "java.base/sun.net.www.protocol.file",
          "java.base/sun.net.www.protocol.ftp",
          "java.base/sun.net.www.protocol.http",
          "java.base/sun.net.www.protocol.https",
          "java.base/sun.net.www.protocol.jar",
          "java.base/sun.net.www.content.text",
          "jdk.naming.rmi/com.sun.jndi.url.rmi",
          "java.rmi/sun.rmi.registry");

  private LatchkeyContainer() {}

  static Option assembly() {
    return composite(
        karafDistributionConfiguration()
            .frameworkUrl(new File(System.getProperty("latchkey.assembly")).toURI().toString())
            .name("Latchkey")
            .unpackDirectory(new File("target/exam"))
            .useDeployFolder(false),
        configureConsole().ignoreLocalConsole(),
        keepRuntimeFolder(),
        logLevel(LogLevel.INFO),
        editConfigurationFilePut("etc/org.apache.karaf.shell.cfg", "sshPort", "" + freePort()),
        composite(javaOptions()));
  }

  private static Option[] javaOptions() {
    String karaf = System.getProperty("karaf.version");
    List<String> options = new ArrayList<>();
    options.add("--add-reads=java.xml=java.logging");
    options.add("--patch-module");
    options.add("java.base=lib/endorsed/org.apache.karaf.specs.locator-" + karaf + ".jar");
    options.add("--patch-module");
    options.add("java.xml=lib/endorsed/org.apache.karaf.specs.java.xml-" + karaf + ".jar");
    options.add("--add-exports=java.base/org.apache.karaf.specs.locator=java.xml,ALL-UNNAMED");
    OPENED_PACKAGES.forEach(name -> options.add("--add-opens=" + name + "=ALL-UNNAMED"));
    EXPORTED_PACKAGES.forEach(name -> options.add("--add-exports=" + name + "=ALL-UNNAMED"));
    options.add(System.getProperty("container.agent"));
    options.add("-classpath");
    options.add("lib/jdk9plus/*" + File.pathSeparator + "lib/boot/*");
    return options.stream().map(VMOption::new).toArray(Option[]::new);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
