package org.mastership.harness.checker;

/** What an operation does, as far as a search can make use of it. */
public enum Action {
  /** Tells the whole state and leaves it as it is. */
  READ,
  /** Makes the argument the state. */
  WRITE,
  /** Makes JSON's null the state. */
  DELETE,
  /**
   * The argument is {@code [expected, value]}: makes the value the state where the state is the
   * expected one. The result {@code false} says that it was not, any other that it was.
   */
  COMPARE_AND_SET,
  /** Adds the argument to a number; the answer tells nothing. */
  ADD,
  /** Adds the argument to a number; the answer is the sum. */
  ADD_AND_TELL,
  /** Makes the argument the last element of a list; the answer tells nothing. */
  APPEND,
  /** Makes the argument the last element of a list; the answer is the list's length. */
  APPEND_AND_TELL,
  /** Puts the argument, a text, at the end of a text. */
  CONCATENATE,
  /** Something that only the model knows. */
  OTHER
}
