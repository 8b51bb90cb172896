package org.mastership.spec;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Name;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** What the sources of all modules declare, read by the compiler. */
final class JavaSources {
  private final List<Path> files;
  private final Set<String> methods;

  private JavaSources(List<Path> files, Set<String> methods) {
    this.files = files;
    this.methods = methods;
  }

  /** The sources in a folder of every module of a checkout. */
  static JavaSources in(Path checkout, String folder) {
    try (Stream<Path> modules = Files.list(checkout)) {
      List<Path> files =
          modules
              .map(module -> module.resolve(folder))
              .filter(Files::isDirectory)
              .flatMap(JavaSources::javaFiles)
              .toList();
      return new JavaSources(files, methods(files));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> javaFiles(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> methods(List<Path> files) throws IOException {
    Set<String> found = new HashSet<>();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
      for (CompilationUnitTree unit : task.parse()) {
        new Declarations().scan(unit, found);
      }
    }
    return found;
  }

  /** Whether a class has a method, named {@code Class#method}; a record's component is one. */
  boolean hasMethod(String name) {
    return methods.contains(name);
  }

  /** Whether any source has a text. */
  boolean mentions(String text) throws IOException {
    for (Path file : files) {
      if (Files.readString(file).contains(text)) {
        return true;
      }
    }
    return false;
  }

  private static final class Declarations extends TreePathScanner<@Nullable Void, Set<String>> {
    @Override
    public @Nullable Void visitMethod(MethodTree method, Set<String> found) {
      return declared(method.getName(), found);
    }

    @Override
    public @Nullable Void visitVariable(VariableTree variable, Set<String> found) {
      return declared(variable.getName(), found);
    }

    private @Nullable Void declared(Name name, Set<String> found) {
      if (getCurrentPath().getParentPath().getLeaf() instanceof ClassTree owner) {
        found.add(owner.getSimpleName() + "#" + name);
      }
      return null;
    }
  }
}
