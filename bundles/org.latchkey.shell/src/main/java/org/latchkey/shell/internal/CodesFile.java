package org.latchkey.shell.internal;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.latchkey.key.Enrolment;
import org.latchkey.key.Enrolments.NewEnrolment;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;

/**
 * The file of one-time codes that an import leaves: owner-only from its first moment, and never
 * over another file. It is there before anything is enrolled, so that no code is lost for want of
 * it.
 */
public final class CodesFile implements AutoCloseable {

  private final Path path;
  private final FileChannel channel;
  private boolean written;

  private CodesFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Makes the file, still empty.
   *
   * @throws RequestRefusedException when there is such a file, or it can't be made
   */
  public static CodesFile create(Path path) {
    try {
      return new CodesFile(
          path,
          FileChannel.open(
              path,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
    } catch (FileAlreadyExistsException e) {
      throw refused("there is a file " + path + " already. Name another");
    } catch (IOException e) {
      throw refused(FileFault.making(path, e));
    } catch (UnsupportedOperationException e) {
      throw refused(
          "the disk of %s knows no owner-only files. Name a file on another".formatted(path));
    }
  }

  /** Writes a line per enrolment; it is on disk when this returns. */
  public void write(List<NewEnrolment> enrolments) throws IOException {
    channel.write(
        ByteBuffer.wrap(
            "code,extension,device,line,enrolment\r\n".getBytes(StandardCharsets.US_ASCII)));
    for (NewEnrolment one : enrolments) {
      byte[] line = line(one);
      ByteBuffer buffer = ByteBuffer.wrap(line);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      Arrays.fill(line, (byte) 0);
    }
    channel.force(true);
    written = true;
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** Closes it, and takes it away again when nothing was written. */
  @Override
  public void close() {
    try {
      channel.close();
      if (!written) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] line(NewEnrolment one) {
    byte[] code = one.code().map(Secret::copy).orElse(new byte[0]);
    byte[] rest = ("," + rest(one.enrolment())).getBytes(StandardCharsets.UTF_8);
    byte[] line = Arrays.copyOf(code, code.length + rest.length);
    System.arraycopy(rest, 0, line, code.length, rest.length);
    Arrays.fill(code, (byte) 0);
    return line;
  }

  private static String rest(Enrolment enrolment) {
    StringWriter text = new StringWriter();
    try (CsvWriter writer = CsvWriter.builder().build(text)) {
      writer.writeRecord(
          enrolment.aor().toString(),
          enrolment.device().orElse(""),
          Integer.toString(enrolment.line()),
          enrolment.id());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static RequestRefusedException refused(String why) {
    return new RequestRefusedException("Nothing was changed: " + why + ".");
  }
}
