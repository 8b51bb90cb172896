package org.mastership.spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The module that TLC is given: a model's module and an invariant that says of each state predicate
 * when it becomes true for the first time.
 */
final class Wrapper {
  static final String NAME = "Checked";
  private static final Pattern PROPERTY = Pattern.compile("(?m)^PROPERT(?:Y|IES)\\s+(\\w+)");

  private final Model model;

  Wrapper(Model model) {
    this.model = model;
  }

  void write(Path folder) throws IOException {
    Files.writeString(folder.resolve(NAME + ".tla"), module());
    Files.writeString(
        folder.resolve(NAME + ".cfg"),
        model.text() + (model.reached().isEmpty() ? "" : "\nINVARIANT Reaches__\n"));
  }

  private String module() {
    StringBuilder text = new StringBuilder("---- MODULE " + NAME + " ----\n");
    text.append("EXTENDS ").append(model.module()).append(", TLC\n");
    if (!model.reached().isEmpty()) {
      text.append("Reached__(i, name) ==\n  IF TLCGet(i) THEN TRUE");
      text.append(" ELSE TLCSet(i, TRUE) /\\ PrintT(<<\"reached\", name>>)\n");
      text.append("Reaches__ ==\n");
    }
    int number = 0;
    for (String predicate : model.reached()) {
      number++;
      text.append("  /\\ ").append(predicate).append(" => Reached__(").append(number);
      text.append(", \"").append(predicate).append("\")\n");
    }
    for (int i = 1; i <= number; i++) {
      text.append("ASSUME TLCSet(").append(i).append(", FALSE)\n");
    }
    return text.append("====\n").toString();
  }

  /** The name of the model's liveness property. */
  static String property(Model model) {
    Matcher name = PROPERTY.matcher(model.text());
    return name.find() ? name.group(1) : "Temporal";
  }
}
