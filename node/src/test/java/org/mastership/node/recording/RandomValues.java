package org.mastership.node.recording;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mastership.core.Epoch;
import org.mastership.core.GroupConfiguration;
import org.mastership.core.Message;
import org.mastership.core.Position;
import org.mastership.core.Ranking;
import org.mastership.core.Run;

/**
 * Random values of core's records, whatever components they have or will have. Only what must fit
 * together is made by hand.
 */
final class RandomValues {
  private static final long[] LONGS = {0, 1, -1, 255, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE};
  private static final int MOST_ELEMENTS = 3;

  private final Random random;
  private final Map<Class<?>, Supplier<Object>> byHand;

  RandomValues(long seed) {
    random = new Random(seed);
    byHand =
        Map.of(
            Epoch.class,
            this::epoch,
            Position.class,
            () -> new Position(epoch(), random.nextInt(1000)),
            Ranking.class,
            this::ranking,
            Run.class,
            () -> run(1 + random.nextInt(1000)),
            Message.Entries.class,
            () -> new Message.Entries(epoch(), Position.ORIGIN, List.of(run(1)), number()),
            Message.Fetched.class,
            () -> new Message.Fetched(epoch(), Position.ORIGIN, List.of(run(1))));
  }

  <T> T of(Class<T> type) {
    return type.cast(object(type));
  }

  private Object object(Class<?> type) {
    Supplier<Object> maker = byHand.get(type);
    if (maker != null) {
      return maker.get();
    }
    if (type.isEnum()) {
      return oneOf(type.getEnumConstants());
    }
    if (type.isSealed()) {
      return object(oneOf(type.getPermittedSubclasses()));
    }
    if (type.isRecord()) {
      return newRecord(type);
    }
    throw new AssertionError("no random values of " + type);
  }

  private Object newRecord(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values =
        Arrays.stream(components).map(each -> value(each.getAnnotatedType())).toArray();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new AssertionError("make " + type + " by hand: " + e.getCause(), e);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("no constructor of " + type, e);
    }
  }

  private @Nullable Object value(AnnotatedType annotated) {
    if (annotated.isAnnotationPresent(Nullable.class) && random.nextInt(3) == 0) {
      return null;
    }
    if (annotated instanceof AnnotatedParameterizedType list) {
      return list(list.getAnnotatedActualTypeArguments()[0]);
    }
    Class<?> type = (Class<?>) annotated.getType();
    if (type == long.class || type == Long.class) {
      return number();
    }
    if (type == int.class || type == Integer.class) {
      return (int) number();
    }
    return type == boolean.class ? random.nextBoolean() : object(type);
  }

  private List<Object> list(AnnotatedType element) {
    List<Object> elements = new ArrayList<>();
    for (int i = random.nextInt(MOST_ELEMENTS); i > 0; i--) {
      elements.add(value(element));
    }
    return elements;
  }

  private long number() {
    return random.nextBoolean() ? random.nextLong() : LONGS[random.nextInt(LONGS.length)];
  }

  private Epoch epoch() {
    return random.nextInt(5) == 0
        ? Epoch.NONE
        : new Epoch(1 + random.nextInt(1000), 1 + random.nextInt(GroupConfiguration.MOST_SERVERS));
  }

  private Ranking ranking() {
    List<Integer> indexes = new ArrayList<>();
    for (int index = random.nextInt(MOST_ELEMENTS); index > 0; index--) {
      indexes.add(index);
    }
    Collections.shuffle(indexes, random);
    return new Ranking(indexes);
  }

  private Run run(long first) {
    return new Run(epoch().next(1), first, first + random.nextInt(1000));
  }

  private <T> T oneOf(T[] choices) {
    return choices[random.nextInt(choices.length)];
  }
}
