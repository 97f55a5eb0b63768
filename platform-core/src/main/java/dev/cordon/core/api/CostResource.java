package dev.cordon.core.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cordon.core.config.CordonConfig;
import dev.cordon.core.costs.Budget;
import dev.cordon.core.costs.Charge;
import dev.cordon.core.costs.CostLedger;
import dev.cordon.core.identity.Role;
import dev.cordon.core.identity.TokenCaller;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;

/** What targets charged for the caller's tenant in a month, for operators. */
@Path("/v1/costs")
@Produces({MediaType.APPLICATION_JSON, CostCsv.TYPE})
@RolesAllowed(Role.OPERATOR)
@Blocking
public class CostResource {
  private final TokenCaller token;
  private final CostLedger ledger;
  private final Clock clock;
  private final String currency;

  public CostResource(TokenCaller token, CostLedger ledger, Clock clock, CordonConfig config) {
    this.token = token;
    this.ledger = ledger;
    this.clock = clock;
    this.currency = config.routing().currency();
  }

  /** A month of one tenant. Amounts are texts, so that no reader makes binary fractions of them. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record CostsAnswer(
      String month,
      String tenant,
      String currency,
      String total,
      BudgetBody budget,
      List<LineBody> lines) {}

  /**
   * What bounds the month.
   *
   * @param state {@code open}, or the highest limit that was reached: {@code warned}, {@code
   *     exhausted}
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record BudgetBody(String soft, String hard, String state) {}

  /** One sum; seconds are those of targets that charge for them. */
  public record LineBody(
      String plugin,
      String model,
      String target,
      long requests,
      long bytes,
      String seconds,
      String amount) {}

  /** The report of a month, or of the current one. */
  @GET
  public CostsAnswer costs(@QueryParam("month") String month, @Context UriInfo address) {
    String tenant = token.get().tenant();
    CostLedger.Report report = ledger.report(month(given(month, address)), tenant);
    return new CostsAnswer(
        report.month().toString(),
        tenant,
        currency,
        text(report.account().spent()),
        report.budget().map(budget -> body(report, budget)).orElse(null),
        report.lines().stream().map(CostResource::line).toList());
  }

  /** The framework takes an empty month for none. */
  private static String given(String month, UriInfo address) {
    return month == null && address.getQueryParameters().containsKey("month") ? "" : month;
  }

  private YearMonth month(String asked) {
    if (asked == null) {
      return Charge.month(clock.instant());
    }
    if (asked.matches("20[0-9]{2}-(0[1-9]|1[0-2])")) {
      return YearMonth.parse(asked);
    }
    throw Problem.at("month", Code.INVALID_REQUEST, "must be a month such as 2026-11");
  }

  private static BudgetBody body(CostLedger.Report report, Budget budget) {
    boolean isExhausted = budget.hard().filter(report.account()::isExhausted).isPresent();
    boolean isWarned =
        budget.soft().filter(soft -> report.account().spent().compareTo(soft) >= 0).isPresent();
    return new BudgetBody(
        text(budget.soft()),
        text(budget.hard()),
        isExhausted ? "exhausted" : isWarned ? "warned" : "open");
  }

  private static LineBody line(Charge sum) {
    return new LineBody(
        sum.line().plugin(),
        sum.line().model(),
        sum.line().target(),
        sum.requests(),
        sum.bytes(),
        text(BigDecimal.valueOf(sum.nanos(), 9)),
        text(sum.amount()));
  }

  private static String text(Optional<BigDecimal> amount) {
    return amount.map(CostResource::text).orElse(null);
  }

  private static String text(BigDecimal amount) {
    return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
  }
}
