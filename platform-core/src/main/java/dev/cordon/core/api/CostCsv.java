package dev.cordon.core.api;

import dev.cordon.core.api.CostResource.CostsAnswer;
import dev.cordon.core.api.CostResource.LineBody;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The report of costs as RFC 4180 has it, for spreadsheets: a row a line, and no total. */
@Provider
@Produces(CostCsv.TYPE)
public class CostCsv implements MessageBodyWriter<CostsAnswer> {
  static final String TYPE = "text/csv";
  private static final String END = "\r\n";
  private static final String HEAD =
      "month,tenant,plugin,model,target,requests,bytes,seconds,amount,currency" + END;

  @Override
  public boolean isWriteable(
      Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
    return CostsAnswer.class.equals(type);
  }

  @Override
  public void writeTo(
      CostsAnswer answer,
      Class<?> type,
      Type generic,
      Annotation[] annotations,
      MediaType media,
      MultivaluedMap<String, Object> headers,
      OutputStream out)
      throws IOException {
    headers.putSingle("Content-Type", TYPE + "; charset=utf-8; header=present");
    out.write(csv(answer).getBytes(StandardCharsets.UTF_8));
  }

  static String csv(CostsAnswer answer) {
    return HEAD
        + answer.lines().stream().map(line -> row(answer, line)).collect(Collectors.joining());
  }

  private static String row(CostsAnswer answer, LineBody line) {
    return Stream.concat(
                Stream.of(
                    answer.month(), answer.tenant(), line.plugin(), line.model(), line.target()),
                Stream.concat(
                    Stream.of(line.requests(), line.bytes()).map(Object::toString),
                    List.of(line.seconds(), line.amount(), answer.currency()).stream()))
            .map(CostCsv::quoted)
            .collect(Collectors.joining(","))
        + END;
  }

  /** Names have few characters; whatever else came in is quoted. */
  private static String quoted(String field) {
    return field.matches("[A-Za-z0-9][A-Za-z0-9._@/+-]*")
        ? field
        : '"' + field.replace("\"", "\"\"") + '"';
  }
}
