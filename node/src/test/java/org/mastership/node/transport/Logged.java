package org.mastership.node.transport;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.LoggerFactory;

/** What a class logs while this is open. */
public final class Logged extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final AtomicInteger traces = new AtomicInteger();
  private final Logger logger;

  /** Begins to listen. */
  public Logged(Class<?> by) {
    logger = (Logger) LoggerFactory.getLogger(by);
    start();
    logger.addAppender(this);
  }

  @Override
  protected void append(ILoggingEvent event) {
    lines.add(event.getFormattedMessage());
    if (event.getThrowableProxy() != null) {
      traces.incrementAndGet();
    }
  }

  /** The lines so far that contain a text. */
  public List<String> linesWith(String text) {
    return lines.stream().filter(line -> line.contains(text)).toList();
  }

  /** How many lines came with a stack trace. */
  public int traces() {
    return traces.get();
  }

  @Override
  public void close() {
    logger.detachAppender(this);
  }
}
