package org.mastership.harness.containers;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Map;

/** What all that the harness makes in an engine is labelled with, so that it is found again. */
final class Labels {
  /** Only what bears it is ever touched. */
  static final String HARNESS = "org.mastership.harness";

  /** A group's name. */
  static final String GROUP = HARNESS + ".group";

  /** The process that made it. */
  static final String OWNER = HARNESS + ".owner";

  /** The machine of that process: processes of other machines can not be judged from here. */
  static final String HOST = HARNESS + ".host";

  private Labels() {}

  static Map<String, String> ofGroup(String group) {
    return Map.of(
        HARNESS, "true", GROUP, group, OWNER, owner(ProcessHandle.current()), HOST, host());
  }

  /** A number is given to another process one day, but not with the same time of its start. */
  static String owner(ProcessHandle process) {
    return process.pid() + "@" + process.info().startInstant().orElse(Instant.EPOCH);
  }

  /** Whether the process that made it was one of this machine, and runs no more. */
  static boolean isOwnerGone(Map<String, String> labels) {
    String owner = labels.getOrDefault(OWNER, "");
    int at = owner.indexOf('@');
    if (at < 0 || !host().equals(labels.get(HOST))) {
      return false;
    }
    return ProcessHandle.of(Long.parseLong(owner.substring(0, at)))
        .filter(ProcessHandle::isAlive)
        .filter(process -> owner(process).equals(owner))
        .isEmpty();
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
