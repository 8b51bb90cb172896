package org.mastership.node.cli;

/**
 * A subcommand of {@code mastership} that another module brings: a class with picocli's {@code
 * Command} annotation, found by {@link java.util.ServiceLoader}.
 */
public interface MastershipCommand {}
