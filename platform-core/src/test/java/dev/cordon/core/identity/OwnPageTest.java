package dev.cordon.core.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnPageTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          127.0.0.1:8080,     http://127.0.0.1:8080,     same-origin, 1, true
          localhost:8080,     http://localhost:8080,     same-origin, 1, true
          [::1]:8080,         http://[::1]:8080,         same-origin, 1, true
          127.0.0.1,          http://127.0.0.1,          same-origin, 1, true
          evil.example:8080,  http://evil.example:8080,  same-origin, 1, false
          127.0.0.1.evil.example, http://127.0.0.1.evil.example, same-origin, 1, false
          localhost.evil.example, http://localhost.evil.example, same-origin, 1, false
          127.0.0.1:8080,     http://localhost:8080,     same-origin, 1, false
          127.0.0.1:8080,     http://127.0.0.1:9090,     same-site,   1, false
          127.0.0.1:8080,     https://evil.example,      cross-site,  1, false
          127.0.0.1:8080,     null,                      cross-site,  1, false
          127.0.0.1:8080,     https://127.0.0.1:8080,    same-origin, 1, false
          127.0.0.1:8080,     http://127.0.0.1:8080,     none,        1, false
          127.0.0.1:8080,     http://127.0.0.1:8080,     cross-site,  1, false
          127.0.0.1:8080,     http://127.0.0.1:8080,     ,            1, false
          127.0.0.1:8080,     ,                          same-origin, 1, false
          ,                   http://127.0.0.1:8080,     same-origin, 1, false
          127.0.0.1:8080,     http://127.0.0.1:8080,     same-origin, , false
          127.0.0.1:8080,     http://127.0.0.1:8080,     same-origin, 2, false
          """)
  void isServedHereOnlyWhenEveryHeaderAgrees(
      String host, String origin, String fetchSite, String marker, boolean expected) {
    OwnPage page =
        new OwnPage(
            Optional.ofNullable(host),
            Optional.ofNullable(origin),
            Optional.ofNullable(fetchSite),
            Optional.ofNullable(marker));
    assertEquals(expected, page.isServedHere());
  }
}
