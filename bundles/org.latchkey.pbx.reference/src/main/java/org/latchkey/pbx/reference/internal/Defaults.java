package org.latchkey.pbx.reference.internal;

import java.lang.reflect.InvocationTargetException;
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

  /** A configuration in which every setting whose value can't be had has its default. */
  static <T> T beside(Class<T> type, T configuration) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                return method.invoke(configuration, arguments);
              } catch (InvocationTargetException e) {
                return Objects.requireNonNull(method.getDefaultValue());
              }
            }));
  }
}
