package org.mastership.core.planted;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * A copy of core with one line changed, or none, compiled into a folder of its own. Checks are
 * loaded anew to run against it, and with them all of this product's classes that they use, so that
 * no class of core as it is takes part.
 */
public final class ChangedCore extends ClassLoader {
  private static final Path SOURCES = Path.of("..", "core", "src", "main", "java");
  private static final Path TARGET = Path.of("target", "planted");
  private static final String OURS = "org.mastership.";

  private final Path classes;

  private ChangedCore(Path classes) {
    super(ChangedCore.class.getClassLoader());
    this.classes = classes;
  }

  /** Core with the bug in it. */
  public static ChangedCore with(PlantedBug bug) throws IOException {
    return compiled(bug.name(), bug);
  }

  /** Core as it is, by the same way: what finds a bug must find nothing here. */
  public static ChangedCore unchanged() throws IOException {
    return compiled("unchanged", null);
  }

  private static ChangedCore compiled(String name, @Nullable PlantedBug bug) throws IOException {
    Path sources = TARGET.resolve(name).resolve("sources");
    Path classes = TARGET.resolve(name).resolve("classes");
    deleteFiles(TARGET.resolve(name));
    Files.createDirectories(classes);
    compile(name, copy(sources, bug), classes);
    return new ChangedCore(classes);
  }

  private static void deleteFiles(Path folder) throws IOException {
    if (Files.exists(folder)) {
      for (Path file : files(folder)) {
        Files.delete(file);
      }
    }
  }

  private static List<Path> copy(Path sources, @Nullable PlantedBug bug) throws IOException {
    List<Path> copies = new ArrayList<>();
    for (Path source : files(SOURCES)) {
      if (source.endsWith("module-info.java")) {
        continue;
      }
      boolean changed = bug != null && source.endsWith(bug.file());
      Path copy = sources.resolve(SOURCES.relativize(source));
      Files.createDirectories(copy.resolve("..").normalize());
      Files.writeString(copy, changed ? bug.changedSource() : Files.readString(source));
      copies.add(copy);
    }
    return copies;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private static void compile(String name, List<Path> sources, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(found, null, null)) {
      String annotations =
          NullMarked.class.getProtectionDomain().getCodeSource().getLocation().getPath();
      List<String> options =
          List.of("-proc:none", "-d", classes.toString(), "-classpath", annotations);
      boolean compiles =
          compiler
              .getTask(
                  null, files, found, options, null, files.getJavaFileObjectsFromPaths(sources))
              .call();
      if (!compiles) {
        throw new IllegalStateException(name + " does not compile: " + errors(found));
      }
    }
  }

  private static String errors(DiagnosticCollector<JavaFileObject> found) {
    return found.getDiagnostics().stream()
        .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
        .map(each -> each.getMessage(Locale.ROOT))
        .collect(Collectors.joining("; "));
  }

  /**
   * Runs a check against this core.
   *
   * @param check the check's class, with a constructor without parameters
   * @param argument what the check is given
   * @return what the check says
   */
  public String run(Class<? extends UnaryOperator<String>> check, String argument)
      throws ReflectiveOperationException {
    Constructor<?> constructor = loadClass(check.getName()).getDeclaredConstructor();
    constructor.setAccessible(true);
    @SuppressWarnings("unchecked")
    UnaryOperator<String> loaded = (UnaryOperator<String>) constructor.newInstance();
    return loaded.apply(argument);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : findClass(name);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    String resource = name.replace('.', '/') + ".class";
    Path changed = classes.resolve(resource);
    try (InputStream in =
        Files.exists(changed) ? Files.newInputStream(changed) : getResourceAsStream(resource)) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
