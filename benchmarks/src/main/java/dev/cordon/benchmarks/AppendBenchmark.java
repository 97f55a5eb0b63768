package dev.cordon.benchmarks;

import dev.cordon.audit.leaf.Receipt;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** One leaf to a real Postgres with fsync on, from the call to the end of its commit. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 4, time = 3)
@Fork(1)
public class AppendBenchmark {
  private LogDatabase database;

  /** A new server with an empty log. */
  @Setup
  public void start() throws IOException, SQLException {
    database = LogDatabase.start();
  }

  /** Stops the server. */
  @TearDown
  public void stop() throws IOException {
    database.close();
  }

  /** One writer. */
  @Benchmark
  @Threads(1)
  public Receipt oneWriter() throws SQLException {
    return database.append();
  }

  /** Sixteen writers that wait for the same head row. */
  @Benchmark
  @Threads(16)
  public Receipt sixteenWriters() throws SQLException {
    return database.append();
  }
}
