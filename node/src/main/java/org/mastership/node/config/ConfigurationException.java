package org.mastership.node.config;

import java.util.List;

/** A configuration can not be used; each problem is one sentence for the operator. */
public final class ConfigurationException extends Exception {
  private static final long serialVersionUID = 1;

  /** Of these problems, in what is named {@code source}. */
  public ConfigurationException(String source, List<String> problems) {
    super(
        problems.size() == 1
            ? source + ": " + problems.get(0)
            : source + ":\n  - " + String.join("\n  - ", problems));
  }
}
