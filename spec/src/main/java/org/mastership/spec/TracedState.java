package org.mastership.spec;

import java.util.Map;

/**
 * One state of a counterexample.
 *
 * @param action that led to it; {@code Init} for the first
 * @param variables each variable with its value, as TLC writes it, in the order of the names
 */
public record TracedState(String action, Map<String, String> variables) {}
