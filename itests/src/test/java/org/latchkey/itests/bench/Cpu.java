package org.latchkey.itests.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** CPU time from {@code /proc}, in seconds since a process started. */
final class Cpu {

  /** Of a clock tick, which is a hundredth of a second on every Linux that Debian runs on. */
  private static final double TICK_SECONDS = 0.01;

  private static final int UTIME = 11;
  private static final int STIME = 12;
  private static final int CHILDREN_UTIME = 13;
  private static final int CHILDREN_STIME = 14;

  private Cpu() {}

  /** Of a process and all its descendants that are alive. */
  static double ofTree(Process process) throws IOException {
    double seconds = ofProcess(process.pid());
    for (ProcessHandle child : process.descendants().toList()) {
      seconds += ofProcess(child.pid());
    }
    return seconds;
  }

  private static double ofProcess(long pid) throws IOException {
    try {
      return own(fields(Path.of("/proc/" + pid + "/stat")));
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  /** Of the programs that this one has started and that have ended. */
  static double ofEnded() throws IOException {
    List<String> fields = fields(Path.of("/proc/self/stat"));
    return seconds(fields.get(CHILDREN_UTIME)) + seconds(fields.get(CHILDREN_STIME));
  }

  /** Of each thread of a process that is alive, summed up by thread name. */
  static Map<String, Double> ofThreads(Process process) throws IOException {
    Map<String, Double> threads = new TreeMap<>();
    List<Path> tasks;
    try (Stream<Path> listed = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
      tasks = listed.toList();
    }
    for (Path task : tasks) {
      try {
        String name = read(task.resolve("comm")).strip();
        threads.merge(name, own(fields(task.resolve("stat"))), Double::sum);
      } catch (NoSuchFileException e) {
        // Ended meanwhile.
      }
    }
    return threads;
  }

  /** Of the whole machine, busy. */
  static double ofMachine() throws IOException {
    String[] fields = read(Path.of("/proc/stat")).lines().findFirst().orElseThrow().split(" +", -1);
    double busy = 0;
    for (int i = 1; i <= 8; i++) {
      boolean idle = i == 4 || i == 5;
      busy += idle ? 0 : seconds(fields[i]);
    }
    return busy;
  }

  /** How many wanted a CPU in the last minute, on average. */
  static double load() throws IOException {
    return Double.parseDouble(read(Path.of("/proc/loadavg")).split(" ", 2)[0]);
  }

  private static double own(List<String> fields) {
    return seconds(fields.get(UTIME)) + seconds(fields.get(STIME));
  }

  private static double seconds(String ticks) {
    return Long.parseLong(ticks) * TICK_SECONDS;
  }

  /** The fields behind the name, which may have spaces and brackets in it. */
  private static List<String> fields(Path stat) throws IOException {
    String text = read(stat);
    return List.of(text.substring(text.lastIndexOf(')') + 2).strip().split(" ", -1));
  }

  private static String read(Path file) throws IOException {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      // A task that ends while it is read: "No such process".
      throw (NoSuchFileException) new NoSuchFileException(file.toString()).initCause(e);
    }
  }
}
