package org.mastership.node.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.mastership.node.config.ServerConfiguration;
import org.mastership.node.config.ServerConfiguration.Address;
import org.mastership.node.server.FencedWrites;
import org.mastership.node.server.Hardware;
import org.mastership.node.server.HardwareFile;
import org.mastership.node.server.Observations;
import org.mastership.node.server.ServerGroup;
import org.mastership.node.service.KeyValueService;
import org.mastership.node.service.ReplicatedService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

@Command(
    name = "serve",
    description = "Runs one server of a group, with the key-value service, until it is stopped.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

  /** The property that the lines of the log begin with. */
  private static final String NAME_IN_LOG = "mastership.server";

  @Mixin private ConfigurationOption configuration = new ConfigurationOption();

  @Option(
      names = "--observe",
      paramLabel = "FILE",
      description =
          "Write what isMaster() says to a file, over and over: a line of the clock before, the"
              + " clock after, and the fencing token or 0.")
  private Optional<Path> observe = Optional.empty();

  @Option(
      names = "--until-input-ends",
      description =
          "Stop when standard input ends. For a program that starts servers: none outlives it,"
              + " however it ends.")
  private boolean untilInputEnds;

  @Option(
      names = "--fenced-writes",
      paramLabel = "HOST:PORT",
      converter = AddressOf.class,
      description =
          "While master, write to a resource there over and over, with the fencing token: for a"
              + " test of what a paused master's late write does.")
  private Optional<Address> resource = Optional.empty();

  @Option(
      names = "--service",
      paramLabel = "CLASS",
      hidden = true,
      converter = ServiceOf.class,
      description =
          "The service to run, a ReplicatedService with a constructor without parameters, which is"
              + " on the class path: for a test of it.")
  private ReplicatedService service = new KeyValueService();

  @Option(
      names = "--hardware",
      paramLabel = "FILE",
      hidden = true,
      description = "Let the clock and the disk be as the file says: for a test of bad ones.")
  private Optional<Path> hardware = Optional.empty();

  static final class ServiceOf implements ITypeConverter<ReplicatedService> {
    @Override
    public ReplicatedService convert(String text) {
      try {
        var constructor =
            Class.forName(text).asSubclass(ReplicatedService.class).getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
      } catch (ReflectiveOperationException | ClassCastException | LinkageError e) {
        throw new TypeConversionException(
            "'"
                + text
                + "' is no ReplicatedService on the class path that can be made without parameters: "
                + reason(e));
      }
    }

    /** A class that is missing may be one of Java's own, where Java is not whole. */
    private static String reason(Throwable failure) {
      Throwable cause =
          failure instanceof InvocationTargetException && failure.getCause() != null
              ? failure.getCause()
              : failure;
      return cause instanceof NoClassDefFoundError
          ? cause
              + ": it is neither on the class path nor in the modules of this Java, which are few in"
              + " the image (docker/build/runtime)"
          : cause.toString();
    }
  }

  static final class AddressOf implements ITypeConverter<Address> {
    @Override
    public Address convert(String text) {
      try {
        return Address.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  @Override
  public Integer call() throws Exception {
    if (untilInputEnds) {
      exitWhenInputEnds();
    }
    ServerConfiguration server = configuration.read();
    System.setProperty(NAME_IN_LOG, server.name());
    for (String line : PromisedTable.lines(server.protocol(), server.members())) {
      LOG.info("{}", line);
    }
    Hardware machine = new Hardware();
    hardware.ifPresent(file -> HardwareFile.watch(file, machine));
    ServerGroup group = ServerGroup.start(server, service, machine);
    Observations observations =
        observe.isPresent() ? Observations.start(group.mastership(), observe.get()) : null;
    resource.ifPresent(
        address -> FencedWrites.start(group.mastership(), server.self().number(), address));
    LastInLog.before(
        () -> {
          if (observations != null) {
            observations.close();
          }
          group.close();
        });
    group.awaitStop();
    return ExitCodes.OK;
  }

  /** The start of the group is not waited for: exiting is safe at any time. */
  private static void exitWhenInputEnds() {
    Thread reader =
        new Thread(
            () -> {
              try {
                System.in.transferTo(OutputStream.nullOutputStream());
                LOG.info("standard input has ended, so this server stops");
              } catch (IOException e) {
                LOG.warn("standard input can not be read any more, so this server stops", e);
              }
              System.exit(ExitCodes.OK);
            },
            "input");
    reader.setDaemon(true);
    reader.start();
  }
}
