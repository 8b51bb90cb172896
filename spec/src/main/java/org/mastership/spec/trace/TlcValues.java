package org.mastership.spec.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tlc2.value.impl.BoolValue;
import tlc2.value.impl.FcnRcdValue;
import tlc2.value.impl.IntValue;
import tlc2.value.impl.RecordValue;
import tlc2.value.impl.SetEnumValue;
import tlc2.value.impl.StringValue;
import tlc2.value.impl.TupleValue;
import tlc2.value.impl.Value;
import tlc2.value.impl.ValueVec;
import util.UniqueString;

/** What {@link org.mastership.spec.TlaText} reads, as TLC's values. */
final class TlcValues {
  private TlcValues() {}

  static Value of(Object plain) {
    if (plain instanceof Value value) {
      return value;
    } else if (plain instanceof String string) {
      return new StringValue(string);
    } else if (plain instanceof Boolean truth) {
      return truth ? BoolValue.ValTrue : BoolValue.ValFalse;
    } else if (plain instanceof List<?> list) {
      return new TupleValue(values(list).toArray(Value[]::new));
    } else if (plain instanceof Set<?> set) {
      SetEnumValue all = new SetEnumValue(new ValueVec(values(set).toArray(Value[]::new)), false);
      all.normalize();
      return all;
    } else if (plain instanceof Map<?, ?> map) {
      return map.keySet().stream().allMatch(String.class::isInstance) ? record(map) : function(map);
    }
    return IntValue.gen(Math.toIntExact(((Number) plain).longValue()));
  }

  private static List<Value> values(Iterable<?> plain) {
    List<Value> values = new ArrayList<>();
    for (Object each : plain) {
      values.add(of(each));
    }
    return values;
  }

  private static Value record(Map<?, ?> map) {
    UniqueString[] names =
        map.keySet().stream()
            .map(name -> UniqueString.uniqueStringOf((String) name))
            .toArray(UniqueString[]::new);
    RecordValue all = new RecordValue(names, values(map.values()).toArray(Value[]::new), false);
    all.normalize();
    return all;
  }

  private static Value function(Map<?, ?> map) {
    FcnRcdValue all =
        new FcnRcdValue(
            values(map.keySet()).toArray(Value[]::new),
            values(map.values()).toArray(Value[]::new),
            false);
    all.normalize();
    return all;
  }
}
