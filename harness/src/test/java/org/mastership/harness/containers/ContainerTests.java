package org.mastership.harness.containers;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/** Lets tests be skipped where there is no container engine, with a line that says so. */
final class ContainerTests implements BeforeAllCallback {
  @Override
  public void beforeAll(ExtensionContext context) {
    if (!Engine.answers()) {
      String skipped =
          context.getDisplayName()
              + " is skipped: no container engine answers; docker/with-engine ./mvnw verify runs it";
      System.out.println(skipped);
      throw new TestAbortedException(skipped);
    }
  }
}
