package org.latchkey.pbx.reference.internal;

import java.lang.reflect.Proxy;
import java.util.Objects;

/** A configuration in which every setting has its default. */
final class Defaults {

  private Defaults() {}

  /** The configuration of a type all of whose settings have defaults. */
  static <T> T of(Class<T> configuration) {
    return configuration.cast(
        Proxy.newProxyInstance(
            configuration.getClassLoader(),
            new Class<?>[] {configuration},
            (proxy, method, arguments) -> Objects.requireNonNull(method.getDefaultValue())));
  }
}
