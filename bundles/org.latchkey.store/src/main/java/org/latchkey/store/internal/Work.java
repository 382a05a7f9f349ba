package org.latchkey.store.internal;

import java.sql.Connection;
import java.sql.SQLException;

/** What is done within one transaction. */
@FunctionalInterface
interface Work<T> {

  /** Does it; the transaction is committed when this returns, undone when it throws. */
  T on(Connection connection) throws SQLException;
}
