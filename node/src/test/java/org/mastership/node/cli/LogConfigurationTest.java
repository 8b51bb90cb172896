package org.mastership.node.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;

/** How a server's process writes its log. */
class LogConfigurationTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final PrintStream STDERR = System.err;

  /** The other end of a pipe, which is read only when its reader feels like it. */
  private static final class Pipe extends OutputStream {
    final CountDownLatch isRead = new CountDownLatch(1);
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();

    @Override
    public void write(int each) {
      try {
        isRead.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      synchronized (read) {
        read.write(each);
      }
    }

    String text() {
      synchronized (read) {
        return read.toString(UTF_8);
      }
    }
  }

  private final Pipe pipe = new Pipe();
  private final LoggerContext context = new LoggerContext();
  private AsyncAppender behind;

  @BeforeEach
  void logToThePipe() throws Exception {
    System.setErr(new PrintStream(pipe, true, UTF_8));
    context.setMDCAdapter(new LogbackMDCAdapter());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(LogConfigurationTest.class.getResource("/logback.xml"));
    behind = (AsyncAppender) context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("behind");
  }

  @AfterEach
  void logToStandardErrorAgain() {
    pipe.isRead.countDown();
    await().atMost(PATIENCE).until(behind::getNumberOfElementsInQueue, waiting -> waiting == 0);
    context.stop();
    System.setErr(STDERR);
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whoLogsDoesNotWaitForTheReaderOfTheLog() {
    Logger log = context.getLogger("Example");

    for (int i = 0; i < 20_000; i++) {
      log.info("line {}", i);
    }

    assertThat(pipe.text()).isEmpty();
  }

  /** Java starts both together when the process ends. */
  @Test
  void theLogDoesNotEndBeforeWhatStillHasSomethingToSay() throws Exception {
    CountDownLatch said = new CountDownLatch(1);
    Thread last =
        LastInLog.before(
            () -> {
              await().atMost(PATIENCE).until(() -> said.getCount() == 0);
              context.getLogger("Example").info("the last line");
            });
    Runtime.getRuntime().removeShutdownHook(last);
    pipe.isRead.countDown();
    LastInLog end = new LastInLog();
    end.setContext(context);
    Thread ending = new Thread(end);

    ending.start();
    last.start();
    await().atMost(PATIENCE).until(() -> ending.getState() == Thread.State.WAITING);
    assertThat(behind.isStarted()).isTrue();
    said.countDown();
    ending.join(PATIENCE.toMillis());

    assertThat(behind.isStarted()).isFalse();
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(pipe.text()).contains("the last line"));
  }

  @Test
  void aLineHasTimeLevelServerAndWhoSaysIt() {
    context.getLogger("org.example.Example").warn("a {} line", "whole");
    pipe.isRead.countDown();

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(pipe.text())
                    .containsPattern(
                        "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3} WARN  \\S+ Example"
                            + " - a whole line\n"));
  }
}
