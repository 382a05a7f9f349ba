package org.latchkey.key;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The key generating agent as the doors call it: hands a key identifier and secret key to whoever
 * may have one.
 *
 * <p>Idempotent: the same enrolment and device get the same key again until the key has registered
 * once or the enrolment's window ends; afterwards the provisioning login gets it. With the key of
 * one line come those of the other lines of a device that an administrator has named.
 */
@ProviderType
public interface KeyAgent {

  /**
   * Decides on one request. Blocks for the store: call it on a worker thread. When it returns
   * {@link IssueResult.Issued} the key identifier and its audit entry are on disk.
   */
  IssueResult issue(KeyRequest request);
}
