"""Fuzzes a packaged host by its own API contract, as every role and as nobody, and verifies its log."""

import concurrent.futures
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

HOME = pathlib.Path(__file__).resolve().parent.parent
OUT = pathlib.Path(sys.argv[1]).resolve()
CORDON = str(HOME / "cordon")
SEED = "20261124"
# The caller's requests go all the way, so it gets the most of them.
EXAMPLES = {"caller": "60", "auditor": "30"}
OTHERS = "10"
RUN_SECONDS = 300


def roles():
    source = HOME / "platform-core/src/main/java/dev/cordon/core/identity/Role.java"
    return re.findall(r'public static final String [A-Z_]+ = "([a-z-]+)"', source.read_text())


def start(data, log):
    host = subprocess.Popen(
        [CORDON, "run", "--port", "0", "--data", data],
        stdout=log, stderr=subprocess.STDOUT, text=True,
    )
    for _ in range(600):
        ready = re.search(r"^ready on (\S+)$", pathlib.Path(log.name).read_text(), re.M)
        if ready:
            return host, ready.group(1)
        if host.poll() is not None:
            break
        time.sleep(0.5)
    host.kill()
    sys.exit("the host did not start:\n" + pathlib.Path(log.name).read_text())


def token(role, data):
    asked = [CORDON, "token", role, "--data", data]
    return subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()


def fuzz(role, bearer, url):
    """One run; returns its exit code. 503 is in the contract, yet nothing here may cause it."""
    command = [
        str(pathlib.Path(sys.executable).parent / "schemathesis"),
        "--config-file", str(HOME / ".ci/schemathesis.toml"),
        "run", url + "/q/openapi",
        "--mode", "all",
        "--checks", "all",
        # Valid by schema is not yet answerable: an unknown purpose, a picture that is none.
        "--exclude-checks", "positive_data_acceptance",
        # It lasts as long as its job.
        "--exclude-operation-id", "followJob",
        "--warnings", "off",
        "--max-examples", EXAMPLES.get(role, OTHERS),
        "--seed", SEED,
        "--generation-database", "none",
        "--continue-on-failure",
        "--request-timeout", "30",
        "--no-color",
        "--report", "junit", "--report-junit-path", str(OUT / f"{role}.xml"),
    ]
    if bearer:
        command += ["--header", "Authorization: Bearer " + bearer]
    environment = os.environ | {"PYTHONPATH": str(HOME / ".ci"), "SCHEMATHESIS_HOOKS": "fuzz_hooks"}
    begun = time.monotonic()
    with open(OUT / f"{role}.txt", "w") as report:
        try:
            code = subprocess.run(
                command, stdout=report, stderr=subprocess.STDOUT,
                env=environment, cwd=OUT, timeout=RUN_SECONDS,
            ).returncode
        except subprocess.TimeoutExpired:
            code = 124
    text = (OUT / f"{role}.txt").read_text()
    cases = re.search(r"^ *(\d+ generated.*)$", text, re.M)
    seconds = time.monotonic() - begun
    print(f"{role:16} {cases.group(1) if cases else 'no cases'}, {seconds:.0f} s", flush=True)
    if code:
        print(text, flush=True)
    # A run that tested nothing has proved nothing.
    return code or (0 if cases else 1)


def main():
    with tempfile.TemporaryDirectory(prefix="cordon-fuzz") as folder, open(OUT / "host.log", "w") as log:
        data = str(pathlib.Path(folder) / "data")
        host, url = start(data, log)
        try:
            # Tokens first: once runs are under way every second of a processor is theirs.
            runs = [("nobody", None)] + [(role, token(role, data)) for role in roles()]
            with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
                # The longest first.
                runs.sort(key=lambda run: -int(EXAMPLES.get(run[0], OTHERS)))
                codes = list(pool.map(lambda run: fuzz(*run, url), runs))
            verified = subprocess.run([CORDON, "log", "verify", "--data", data]).returncode
            alive = host.poll() is None
        finally:
            host.send_signal(signal.SIGTERM)
            stopped = host.wait(timeout=60)
    errors = [line for line in (OUT / "host.log").read_text().splitlines() if " ERROR " in line]
    if errors:
        print("the host logged errors:", *errors[:20], sep="\n  ")
    if not alive:
        print(f"the host ended by itself with {stopped}")
    return any(codes) or verified or errors or not alive


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *ignored: sys.exit(143))
    sys.exit(1 if main() else 0)
