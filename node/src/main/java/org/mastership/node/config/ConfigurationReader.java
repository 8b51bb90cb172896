package org.mastership.node.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a configuration file, and says what is wrong with it: where, what, and what to do. */
public final class ConfigurationReader {
  private static final long MOST_FILE_BYTES = 1 << 20;

  private static final List<String> EMPTY =
      List.of("it is empty; conf/mastership.yaml is an example to copy");

  private ConfigurationReader() {}

  /**
   * The configuration of one server.
   *
   * @param file a YAML file
   * @param name the server's name; empty for the one that the file names
   * @throws ConfigurationException with all problems that could be found
   */
  public static ServerConfiguration read(Path file, Optional<String> name)
      throws ConfigurationException {
    Parsed parsed = parse(file);
    return ConfigurationBuilder.build(file, parsed.content(), name, parsed.problems());
  }

  /**
   * The configuration of some server of the group, where it does not matter which.
   *
   * @param name the server's name; empty for the one that the file names, or else the first
   * @throws ConfigurationException with all problems that could be found
   */
  public static ServerConfiguration readAny(Path file, Optional<String> name)
      throws ConfigurationException {
    Parsed parsed = parse(file);
    Optional<String> chosen = name.isEmpty() ? anyName(parsed.content()) : name;
    return ConfigurationBuilder.build(file, parsed.content(), chosen, parsed.problems());
  }

  private static Optional<String> anyName(ConfigurationFile content) {
    if (content.name() != null || content.servers() == null) {
      return Optional.empty();
    }
    return content.servers().stream()
        .filter(Objects::nonNull)
        .findFirst()
        .map(ConfigurationFile.Server::name);
  }

  /** What a file says, as far as it could be understood. */
  private record Parsed(ConfigurationFile content, Problems problems) {}

  private static Parsed parse(Path file) throws ConfigurationException {
    try {
      if (Files.size(file) > MOST_FILE_BYTES) {
        throw problem(file, "it is larger than " + MOST_FILE_BYTES + " bytes");
      }
      return parse(file, Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw problem(file, line(e.getLocation()) + e.getOriginalMessage());
    } catch (NoSuchFileException e) {
      throw problem(file, "there is no such file");
    } catch (IOException e) {
      throw problem(file, "can not be read: " + e + "; check the path and its rights");
    }
  }

  private static Parsed parse(Path file, byte[] text) throws IOException, ConfigurationException {
    YAMLMapper mapper =
        YAMLMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();
    KeyLines lines;
    try (JsonParser parser = mapper.createParser(text)) {
      lines = KeyLines.of(parser);
    }
    if (lines.isEmpty()) {
      throw new ConfigurationException(file.toString(), EMPTY);
    }
    Problems problems = new Problems(lines);
    Shape shape = new Shape(problems);
    shape.checkKeys(mapper.readTree(text));
    mapper.addHandler(shape);
    ConfigurationFile content = mapper.readValue(text, ConfigurationFile.class);
    if (content == null) {
      throw new ConfigurationException(
          file.toString(), problems.isEmpty() ? EMPTY : problems.texts());
    }
    return new Parsed(content, problems);
  }

  private static ConfigurationException problem(Path file, String text) {
    return new ConfigurationException(file.toString(), List.of(text));
  }

  private static String line(@Nullable JsonLocation location) {
    return location == null ? "" : "line " + location.getLineNr() + ": ";
  }
}
