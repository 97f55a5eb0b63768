package dev.cordon.core.cli;

import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: one program for the host and its tools. */
@QuarkusMain
@Command(
    name = "cordon",
    description = "Privacy-governed vision-language capabilities.",
    mixinStandardHelpOptions = true,
    version = "cordon " + Cordon.VERSION,
    footer = {
      "",
      "`cordon test` and `cordon bench` run in a checkout and are part of the launcher script."
    },
    subcommands = {
      RunCommand.class,
      DemoCommand.class,
      TokenCommand.class,
      ModelsCommand.class,
      PluginsCommand.class,
      LogCommand.class
    })
public final class Cordon {
  /** Of this program. */
  static final String VERSION = "0.1.0";

  private Cordon() {}

  /** Exit codes: 0 done, 1 failed, 2 wrong usage. */
  public static void main(String... args) {
    CommandLine line =
        new CommandLine(new Cordon())
            .setExecutionExceptionHandler(
                (failure, command, parsed) -> {
                  command.getErr().println("cordon: " + plain(failure));
                  if (System.getProperty("cordon-debug") != null) {
                    failure.printStackTrace(command.getErr());
                  }
                  return 1;
                });
    System.exit(line.execute(args));
  }

  private static String plain(Throwable failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
