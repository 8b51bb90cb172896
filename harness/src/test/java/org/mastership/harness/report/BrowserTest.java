package org.mastership.harness.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pages in a real browser: they draw what they should, and can be zoomed. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BrowserTest {
  private static final Path PICTURES = Path.of("target", "pictures");
  private static final String RANGE = "document.getElementById('range').textContent";

  @TempDir private Path folder;

  @BeforeAll
  static void aBrowserIsHere() {
    boolean found = Browser.program().isPresent();
    assertThat(found || !Browser.isRequired())
        .as(
            "MASTERSHIP_BROWSER=required, but there is no chromium: run docker/with-engine, or install it")
        .isTrue();
    assumeTrue(found, "no chromium on this machine: the pages were not looked at in a browser");
  }

  @Test
  void theTimelineShowsMastersFaultsLoadAndLatencyAndCanBeZoomed() throws Exception {
    Path page = ReportPage.write(RunFolders.timed(folder, "run"));
    try (Browser browser = Browser.start(folder)) {
      browser.resize(1200, 1500);
      browser.open(page.toUri().toString());

      assertThat(browser.count("#chart rect.fault")).as("faults").isEqualTo(2);
      assertThat(browser.count("#chart rect.tenure")).as("masterships").isEqualTo(3);
      assertThat(browser.count("#chart rect.both")).as("two masters").isEqualTo(1);
      assertThat(browser.count("#chart rect.answered"))
          .as("windows with answers")
          .isBetween(170L, 190L);
      assertThat(browser.count("#chart rect.unanswered")).as("windows without").isBetween(9L, 12L);
      assertThat(browser.count("#chart path.median, #chart path.worst")).isEqualTo(2);
      assertThat(browser.count(".diagram rect")).as("operations of explanations").isEqualTo(5);
      browser.picture(PICTURES.resolve("run-light.png"));

      String whole = browser.value(RANGE).asText();
      browser.value("document.getElementById('in').click()");
      String closer = browser.value(RANGE).asText();
      press(browser, "ArrowRight");
      String later = browser.value(RANGE).asText();
      assertThat(closer).isNotEqualTo(whole);
      assertThat(later).isNotEqualTo(closer);
      assertThat(browser.count("#chart rect.answered")).isLessThan(120);
      press(browser, "0");
      assertThat(browser.value(RANGE).asText()).isEqualTo(whole);

      assertThat(browser.problems()).isEmpty();
    }
  }

  @Test
  void itFitsANarrowScreenAndADarkOne() throws Exception {
    Path page = ReportPage.write(RunFolders.timed(folder, "run"));
    try (Browser browser = Browser.start(folder)) {
      browser.resize(360, 1600);
      browser.dark(true);
      browser.open(page.toUri().toString());

      assertThat(browser.value("document.documentElement.scrollWidth").asInt())
          .isLessThanOrEqualTo(360);
      assertThat(browser.value("getComputedStyle(document.body).backgroundColor").asText())
          .isEqualTo("rgb(20, 24, 28)");
      browser.picture(PICTURES.resolve("run-narrow-dark.png"));
      assertThat(browser.problems()).isEmpty();
    }
  }

  @Test
  void hostileTextInARunDoesNothing() throws Exception {
    Path page = ReportPage.write(RunFolders.timed(folder, "run"));
    try (Browser browser = Browser.start(folder)) {
      browser.open(page.toUri().toString());

      assertThat(browser.count("img")).isZero();
      assertThat(browser.value("document.body.textContent").asText()).contains(RunFolders.HOSTILE);
      assertThat(browser.problems()).isEmpty();
    }
  }

  @Test
  void theIndexLeadsToARun() throws Exception {
    RunFolders.timed(folder, "one");
    RunFolders.killed(folder, "two");
    try (ReportServer server = ReportServer.start(folder, 0);
        Browser browser = Browser.start(folder)) {
      browser.resize(1200, 500);
      browser.open("http://127.0.0.1:" + server.port() + "/");
      assertThat(browser.count(".runs tbody tr")).isEqualTo(2);
      browser.picture(PICTURES.resolve("index.png"));
      String address = browser.value("document.querySelector('a[href$=one]').href").asText();
      browser.open(address);
      assertThat(browser.count("#chart rect.tenure")).isEqualTo(3);
      assertThat(browser.problems()).isEmpty();
    }
  }

  private static void press(Browser browser, String key) throws Exception {
    browser.value(
        "document.getElementById('chart').dispatchEvent(new KeyboardEvent('keydown', {key: '"
            + key
            + "', bubbles: true}))");
  }
}
