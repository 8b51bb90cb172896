package org.mastership.harness.cli;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.mastership.harness.run.FaultKind;
import org.mastership.harness.run.Ground;
import org.mastership.harness.workload.Kind;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Constants by the names that are printed, which are not those of the code. */
final class Named {
  private Named() {}

  private static <E extends Enum<E>> E constant(Class<E> type, String text) {
    for (E each : type.getEnumConstants()) {
      if (each.toString().equals(text.toLowerCase(Locale.ROOT))) {
        return each;
      }
    }
    Set<String> known = new TreeSet<>();
    EnumSet.allOf(type).forEach(each -> known.add(each.toString()));
    throw new TypeConversionException("'" + text + "' is none of " + String.join(", ", known));
  }

  static final class OfFault implements ITypeConverter<FaultKind> {
    @Override
    public FaultKind convert(String text) {
      return constant(FaultKind.class, text);
    }
  }

  static final class OfKind implements ITypeConverter<Kind> {
    @Override
    public Kind convert(String text) {
      return constant(Kind.class, text);
    }
  }

  static final class OfGround implements ITypeConverter<Ground> {
    @Override
    public Ground convert(String text) {
      return constant(Ground.class, text);
    }
  }
}
