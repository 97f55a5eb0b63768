package dev.cordon.core.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cordon.core.api.CostResource.CostsAnswer;
import dev.cordon.core.api.CostResource.LineBody;
import java.util.List;
import org.junit.jupiter.api.Test;

class CostCsvTest {
  private static CostsAnswer answer(LineBody... lines) {
    return new CostsAnswer("2026-11", "acme", "EUR", "1", null, List.of(lines));
  }

  @Test
  void aRowHasWhatALineSays() {
    assertEquals(
        """
        month,tenant,plugin,model,target,requests,bytes,seconds,amount,currency\r
        2026-11,acme,image-tagging@1.0.0,starter,triton,3,1800,0.5,0.75,EUR\r
        """,
        CostCsv.csv(
            answer(
                new LineBody("image-tagging@1.0.0", "starter", "triton", 3, 1800, "0.5", "0.75"))));
  }

  @Test
  void aNameThatASpreadsheetWouldReadOtherwiseIsQuoted() {
    String csv = CostCsv.csv(answer(new LineBody("=1+1", "a,b", "a\"b", 1, 1, "0", "0.75")));
    assertEquals(
        "2026-11,acme,\"=1+1\",\"a,b\",\"a\"\"b\",1,1,0,0.75,EUR",
        csv.lines().skip(1).findFirst().orElseThrow());
  }

  @Test
  void aMonthWithoutChargesHasAHeadAlone() {
    assertEquals(1, CostCsv.csv(answer()).lines().count());
  }
}
