package org.latchkey.pbx.reference.internal.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One SIP request or response (RFC 3261 section 7), without loss: all fields in their order, all
 * bytes of the body. Immutable; {@link #edit()} makes a changed one.
 */
public final class SipMessage {

  private static final long FIELD_BYTES = 100;

  private final boolean request;
  private final String method;
  private final String uri;
  private final int status;
  private final String reason;
  private final String fault;
  private final List<Field> fields;
  private final byte[] body;

  private SipMessage(Editor e) {
    request = e.request;
    method = e.method;
    uri = e.uri;
    status = e.status;
    reason = e.reason;
    fault = e.fault;
    fields = List.copyOf(e.fields);
    body = e.body;
  }

  /** Starts a request. */
  public static Editor request(String method, String uri) {
    Editor editor = new Editor(true);
    editor.method = method;
    editor.uri = uri;
    return editor;
  }

  /** Starts a response. */
  public static Editor response(int status, String reason) {
    Editor editor = new Editor(false);
    editor.status = status;
    editor.reason = reason;
    return editor;
  }

  /** Whether this is a request. */
  public boolean isRequest() {
    return request;
  }

  /** The method of a request; of a response that of its CSeq. */
  public String method() {
    return request ? method : header("CSeq").map(SipMessage::lastWord).orElse("");
  }

  /** The Request-URI as received; empty for a response. */
  public String uri() {
    return uri;
  }

  /** The status of a response; 0 for a request. */
  public int status() {
    return status;
  }

  /** The reason phrase of a response. */
  public String reason() {
    return reason;
  }

  /** Why this message can't be read with one meaning only; empty when it can. */
  public String fault() {
    return fault;
  }

  /** The value of the first field of a name. */
  public Optional<String> header(String name) {
    for (Field field : fields) {
      if (field.is(name)) {
        return Optional.of(field.value());
      }
    }
    return Optional.empty();
  }

  /** The values of all fields of a name, each whole. */
  public List<String> headers(String name) {
    List<String> found = new ArrayList<>(2);
    for (Field field : fields) {
      if (field.is(name)) {
        found.add(field.value());
      }
    }
    return found;
  }

  /** The values of a field whose grammar is a comma-separated list (Via, Contact, Route …). */
  public List<String> values(String name) {
    List<String> found = new ArrayList<>(2);
    for (Field field : fields) {
      if (field.is(name)) {
        Lists.split(field.value(), found);
      }
    }
    return found;
  }

  /** The Call-ID; empty when there is none. */
  public String callId() {
    return header("Call-ID").orElse("");
  }

  /** The number of CSeq; 0 when there is none that can be read. */
  public long cseq() {
    String value = header("CSeq").orElse("");
    int end = 0;
    while (end < value.length() && end < 10 && Character.digit(value.charAt(end), 10) >= 0) {
      end++;
    }
    return end == 0 ? 0 : Long.parseLong(value, 0, end, 10);
  }

  /** The tag of From or To; empty when it has none. */
  public String tag(String name) {
    return header(name).flatMap(NameAddr::of).map(a -> a.parameter("tag")).orElse("");
  }

  /** About how many bytes of memory it takes, the overhead of each field not forgotten. */
  public long size() {
    long size = FIELD_BYTES + uri.length() + reason.length() + body.length;
    for (Field field : fields) {
      size += FIELD_BYTES + field.value().length();
    }
    return size;
  }

  /** The same without its body: what is needed of a message that has gone its way. */
  public SipMessage withoutBody() {
    return body.length == 0 ? this : edit().body(new byte[0]).build();
  }

  /** A changed copy of this message. */
  public Editor edit() {
    Editor editor = new Editor(request);
    editor.method = method;
    editor.uri = uri;
    editor.status = status;
    editor.reason = reason;
    editor.fault = fault;
    editor.fields.addAll(fields);
    editor.body = body;
    return editor;
  }

  /** The message as it goes onto the wire; Content-Length is always right. */
  public byte[] bytes() {
    StringBuilder head = new StringBuilder(512);
    if (request) {
      head.append(method).append(' ').append(uri).append(" SIP/2.0\r\n");
    } else {
      head.append("SIP/2.0 ").append(status).append(' ').append(reason).append("\r\n");
    }
    for (Field field : fields) {
      if (!field.is("Content-Length")) {
        head.append(field.name()).append(": ").append(field.value()).append("\r\n");
      }
    }
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    byte[] text = head.toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = new byte[text.length + body.length];
    System.arraycopy(text, 0, all, 0, text.length);
    System.arraycopy(body, 0, all, text.length, body.length);
    return all;
  }

  private static String lastWord(String value) {
    return value.substring(Math.max(value.lastIndexOf(' '), value.lastIndexOf('\t')) + 1);
  }

  /** Builds a {@link SipMessage}; for one thread. */
  public static final class Editor {
    private final boolean request;
    private String method = "";
    private String uri = "";
    private int status;
    private String reason = "";
    private String fault = "";
    private final List<Field> fields = new ArrayList<>(16);
    private byte[] body = new byte[0];

    private Editor(boolean request) {
      this.request = request;
    }

    /** Sets the Request-URI. */
    public Editor uri(String value) {
      uri = value;
      return this;
    }

    /** Says why the message can't be read with one meaning only. */
    Editor fault(String value) {
      fault = value;
      return this;
    }

    /** Adds a field at the end. */
    public Editor add(String name, String value) {
      fields.add(new Field(name, value));
      return this;
    }

    /** Adds a field before all others. */
    public Editor addFirst(String name, String value) {
      fields.add(0, new Field(name, value));
      return this;
    }

    /** Removes all fields of a name. */
    public Editor remove(String name) {
      fields.removeIf(field -> field.is(name));
      return this;
    }

    /** Puts one field in the place of all of a name. */
    public Editor set(String name, String value) {
      int at = 0;
      while (at < fields.size() && !fields.get(at).is(name)) {
        at++;
      }
      remove(name);
      fields.add(Math.min(at, fields.size()), new Field(name, value));
      return this;
    }

    /** Puts fields with these values in the place of all of a name. */
    public Editor setAll(String name, List<String> values) {
      int at = 0;
      while (at < fields.size() && !fields.get(at).is(name)) {
        at++;
      }
      remove(name);
      int place = Math.min(at, fields.size());
      for (String value : values) {
        fields.add(place++, new Field(name, value));
      }
      return this;
    }

    /** Sets the body. */
    public Editor body(byte[] value) {
      body = value;
      return this;
    }

    /** The message. */
    public SipMessage build() {
      return new SipMessage(this);
    }
  }
}
