"""Counts what ran; fails when a test was skipped or a test class that should have run left no report."""

import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

HOME = pathlib.Path(__file__).resolve().parent.parent
OUT = HOME / "target/test"
POM = {"m": "http://maven.apache.org/POM/4.0.0"}
# Measures, and has no tests by design.
EXEMPT = {"benchmarks"}
HAS_TESTS = re.compile(r"@(Test|ParameterizedTest|RepeatedTest|TestFactory)\b|extends \w+Conformance\b")
# A test class ends like this and is run by the plugin that writes these reports.
KINDS = {"Test.java": "surefire-reports", "IT.java": "failsafe-reports"}


def suite(report):
    root = ElementTree.parse(report).getroot()
    counts = {name: int(root.get(name) or 0) for name in ("tests", "failures", "errors", "skipped")}
    if root.tag == "testsuites":
        counts["skipped"] = sum(int(child.get("skipped") or 0) for child in root)
    return counts


def missing(module):
    """Test classes without a report, or with one that counts no test."""
    sources = HOME / module / "src/test/java"
    for ending, reports in KINDS.items():
        for source in sources.rglob("*" + ending):
            if not HAS_TESTS.search(source.read_text()):
                continue
            name = ".".join(source.relative_to(sources).with_suffix("").parts)
            found = list((HOME / module / "target" / reports).glob(f"TEST-{name}.xml"))
            found += (HOME / module / "target" / reports).glob(f"TEST-{name}$*.xml")
            if not sum(suite(report)["tests"] for report in found):
                yield f"{module}: `{name}` ran no test"


def main():
    pom = ElementTree.parse(HOME / "pom.xml").getroot()
    modules = [element.text.strip() for element in pom.findall("m:modules/m:module", POM)]
    wrong, passed, failed = [], 0, 0

    def count(name, reports):
        nonlocal passed, failed
        suites = [(report, suite(report)) for report in reports]
        ran = sum(counts["tests"] - counts["skipped"] for _, counts in suites)
        bad = sum(counts["failures"] + counts["errors"] for _, counts in suites)
        wrong.extend(
            f"{name}: {counts['skipped']} skipped in {report.name}"
            for report, counts in suites
            if counts["skipped"]
        )
        if not ran:
            wrong.append(f"{name}: no test ran")
        print(f"{name:24} {ran - bad:5} passed {bad:5} failed")
        passed, failed = passed + ran - bad, failed + bad

    for module in modules:
        if module not in EXEMPT:
            folder = HOME / module / "target"
            count(module, sorted(folder.glob("*-reports/TEST-*.xml")))
            wrong.extend(missing(module))
    count("fuzz", sorted((OUT / "fuzz").glob("*.xml")))
    for line in wrong:
        print("wrong: " + line)
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "totals.txt").write_text(f"{passed} passed, {failed + len(wrong)} failed\n")
    return 1 if wrong or failed else 0


if __name__ == "__main__":
    sys.exit(main())
