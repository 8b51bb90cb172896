package org.mastership.harness.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The pages' templates, which escape all text that is put into them. */
final class Templates {
  private Templates() {}

  /** A page, with the style and the script that all pages have. */
  static String page(String template, Map<String, Object> values) {
    Map<String, Object> all = new LinkedHashMap<>(values);
    all.put("style", resource("page.css"));
    all.put("script", resource("page.js"));
    return Mustache.compiler().escapeHTML(true).compile(resource(template + ".html")).execute(all);
  }

  /** JSON that can stand in a page: nothing in it ends the element that it is in. */
  static String json(JsonNode node) {
    return node.toString()
        .replace("<", "\\u003c")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }

  private static String resource(String name) {
    try (InputStream in = Templates.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its file " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
