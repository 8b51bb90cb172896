package org.mastership.spec.conformance;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.TreeMap;
import tlc2.value.IValue;
import tlc2.value.impl.BoolValue;
import tlc2.value.impl.FcnLambdaValue;
import tlc2.value.impl.FcnRcdValue;
import tlc2.value.impl.IntValue;
import tlc2.value.impl.RecordValue;
import tlc2.value.impl.SetEnumValue;
import tlc2.value.impl.StringValue;
import tlc2.value.impl.TupleValue;
import tlc2.value.impl.Value;

/** Values of TLC as the same text that core's trace package gives to equal values. */
final class TlcText {
  private static final int MOST_REMEMBERED = 200_000;
  private final IdentityHashMap<Value, String> remembered = new IdentityHashMap<>();

  /** The text of a value. Values that steps leave alone are shared, and looked up. */
  String of(IValue value) {
    Value known = (Value) value;
    if (known instanceof RecordValue) {
      String text = remembered.get(known);
      if (text == null) {
        text = render(known);
        if (remembered.size() > MOST_REMEMBERED) {
          remembered.clear();
        }
        remembered.put(known, text);
      }
      return text;
    }
    return render(known);
  }

  private String render(Value value) {
    if (value instanceof StringValue string) {
      return "\"" + string.val + "\"";
    } else if (value instanceof BoolValue truth) {
      return truth.val ? "TRUE" : "FALSE";
    } else if (value instanceof IntValue number) {
      return Integer.toString(number.val);
    } else if (value instanceof RecordValue record) {
      return fields(record);
    } else if (value instanceof TupleValue tuple) {
      return "<<" + joined(tuple.elems) + ">>";
    } else if (value instanceof FcnRcdValue function) {
      return function(function);
    } else if (value instanceof FcnLambdaValue lambda) {
      return render(lambda.toFcnRcd());
    }
    SetEnumValue set = (SetEnumValue) value.toSetEnum();
    if (set == null) {
      throw new IllegalArgumentException("no text for the value " + value);
    }
    set.normalize();
    String[] texts = new String[set.elems.size()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = of(set.elems.elementAt(i));
    }
    Arrays.sort(texts);
    return "{" + String.join(", ", texts) + "}";
  }

  private String joined(Value[] values) {
    StringBuilder all = new StringBuilder();
    for (Value value : values) {
      all.append(all.isEmpty() ? "" : ", ").append(of(value));
    }
    return all.toString();
  }

  private String fields(RecordValue record) {
    Map<String, String> fields = new TreeMap<>();
    for (int i = 0; i < record.names.length; i++) {
      fields.put(record.names[i].toString(), of(record.values[i]));
    }
    StringBuilder all = new StringBuilder("[");
    fields.forEach(
        (name, text) ->
            all.append(all.length() == 1 ? "" : ", ").append(name).append(" |-> ").append(text));
    return all.append("]").toString();
  }

  private String function(FcnRcdValue function) {
    Value tuple = function.toTuple();
    if (tuple instanceof TupleValue sequence) {
      return "<<" + joined(sequence.elems) + ">>";
    }
    function.normalize();
    StringBuilder all = new StringBuilder("(");
    Value[] domain = function.getDomainAsValues();
    for (int i = 0; i < domain.length; i++) {
      all.append(i == 0 ? "" : " @@ ")
          .append(of(domain[i]))
          .append(" :> ")
          .append(of(function.values[i]));
    }
    return all.append(")").toString();
  }
}
