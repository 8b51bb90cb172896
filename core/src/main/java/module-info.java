/** The protocol of a server group as a pure state machine. */
module org.mastership.core {
  requires static transitive org.jspecify;

  exports org.mastership.core;
  exports org.mastership.core.trace;
}
