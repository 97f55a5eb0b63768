package dev.cordon.core.routing.fleet;

import dev.cordon.core.costs.Budget;
import dev.cordon.policy.bundle.PolicyLoadException;
import dev.cordon.policy.bundle.YamlElement;
import dev.cordon.policy.bundle.YamlElement.Fields;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the budgets of a file; a tenant has one in all files. */
final class BudgetReader {
  private BudgetReader() {}

  static void read(YamlElement budgets, Map<String, Budget> into) throws PolicyLoadException {
    for (YamlElement element : budgets.items()) {
      Fields fields = element.fields(Set.of("tenant", "soft", "hard"));
      String tenant = Scalars.matching(fields.required("tenant"), Scalars.TENANT, "a tenant");
      if (into.put(tenant, budget(element, fields)) != null) {
        throw element.error("tenant `" + tenant + "` has a budget already");
      }
    }
  }

  private static Budget budget(YamlElement element, Fields fields) throws PolicyLoadException {
    Optional<BigDecimal> soft = limit(fields.optional("soft"));
    Optional<BigDecimal> hard = limit(fields.optional("hard"));
    if (soft.isEmpty() && hard.isEmpty()) {
      throw element.error("a budget has a `soft` or a `hard` limit, or both");
    }
    if (soft.isPresent() && hard.isPresent() && soft.get().compareTo(hard.get()) >= 0) {
      throw fields.required("soft").error("the soft limit is not below the hard one");
    }
    return new Budget(soft, hard);
  }

  private static Optional<BigDecimal> limit(Optional<YamlElement> element)
      throws PolicyLoadException {
    if (element.isEmpty()) {
      return Optional.empty();
    }
    BigDecimal amount = Scalars.amount(element.get());
    if (amount.signum() == 0) {
      throw element.get().error("a limit is more than nothing");
    }
    return Optional.of(amount);
  }
}
