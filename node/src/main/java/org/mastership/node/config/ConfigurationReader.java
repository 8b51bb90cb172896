package org.mastership.node.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads a configuration file, and says what is wrong with it: where, what, and what to do. */
public final class ConfigurationReader {
  private static final long MOST_FILE_BYTES = 1 << 20;

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
    return ConfigurationBuilder.build(file, parse(file), name);
  }

  /**
   * The configuration of some server of the group, where it does not matter which.
   *
   * @param name the server's name; empty for the one that the file names, or else the first
   */
  public static ServerConfiguration readAny(Path file, Optional<String> name)
      throws ConfigurationException {
    ConfigurationFile parsed = parse(file);
    Optional<String> chosen = name;
    if (name.isEmpty() && parsed.name() == null && parsed.servers() != null) {
      chosen = parsed.servers().stream().findFirst().map(ConfigurationFile.Server::name);
    }
    return ConfigurationBuilder.build(file, parsed, chosen);
  }

  private static ConfigurationFile parse(Path file) throws ConfigurationException {
    YAMLMapper mapper =
        YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    try {
      if (Files.size(file) > MOST_FILE_BYTES) {
        throw problem(file, "it is larger than " + MOST_FILE_BYTES + " bytes");
      }
      JsonNode content = mapper.readTree(file.toFile());
      if (content.isMissingNode() || content.isNull()) {
        throw problem(file, "it is empty");
      }
      return mapper.readValue(file.toFile(), ConfigurationFile.class);
    } catch (UnrecognizedPropertyException e) {
      throw problem(file, unknownKey(e));
    } catch (InvalidFormatException e) {
      throw problem(file, at(e) + "'" + e.getValue() + "' is not " + kind(e.getTargetType()));
    } catch (MismatchedInputException e) {
      throw problem(file, at(e) + "this is not " + kind(e.getTargetType()));
    } catch (JsonProcessingException e) {
      throw problem(file, line(e) + e.getOriginalMessage());
    } catch (NoSuchFileException e) {
      throw problem(file, "there is no such file; check the path");
    } catch (IOException e) {
      throw problem(file, "can not be read: " + e + "; check the path and its rights");
    }
  }

  private static ConfigurationException problem(Path file, String text) {
    return new ConfigurationException(file.toString(), List.of(text));
  }

  private static String unknownKey(UnrecognizedPropertyException e) {
    Collection<Object> known = e.getKnownPropertyIds();
    String suggestion =
        known.stream()
            .map(String::valueOf)
            .filter(key -> Spelling.distance(key, e.getPropertyName()) <= 3)
            .min(
                java.util.Comparator.comparingInt(
                    key -> Spelling.distance(key, e.getPropertyName())))
            .map(key -> "; did you mean '" + key + "'?")
            .orElse(
                "; known here: "
                    + known.stream()
                        .map(String::valueOf)
                        .sorted()
                        .collect(Collectors.joining(", ")));
    return at(e) + "unknown key" + suggestion;
  }

  private static String at(JsonMappingException e) {
    String path =
        e.getPath().stream()
            .map(
                step ->
                    step.getFieldName() != null
                        ? "." + step.getFieldName()
                        : "[" + step.getIndex() + "]")
            .collect(Collectors.joining());
    return line(e) + (path.isEmpty() ? "" : "at " + path.replaceFirst("^\\.", "") + ": ");
  }

  private static String line(JsonProcessingException e) {
    return e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ";
  }

  private static String kind(Class<?> type) {
    if (type == Integer.class) {
      return "a whole number";
    }
    if (type == Boolean.class) {
      return "true or false";
    }
    if (type == String.class) {
      return "a text";
    }
    return Collection.class.isAssignableFrom(type) ? "a list" : "a group of keys";
  }
}
