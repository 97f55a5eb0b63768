"""What the rendered chart and the compose file promise: promises.py RENDERED COMPOSE OPERATIONS."""

import re
import sys

import yaml

RENDERED, COMPOSE, OPERATIONS = sys.argv[1:]
things = {thing["kind"]: thing for thing in yaml.safe_load_all(open(RENDERED)) if thing}
pod = things["Deployment"]["spec"]["template"]["spec"]
host = pod["containers"][0]
assert pod["securityContext"]["runAsNonRoot"] and not pod["automountServiceAccountToken"]
assert host["securityContext"]["readOnlyRootFilesystem"]
assert not host["securityContext"]["allowPrivilegeEscalation"]
assert host["readinessProbe"]["httpGet"]["path"] == "/q/health/ready"
assert host["livenessProbe"]["httpGet"]["path"] == "/q/health/live"
assert "replicas" not in things["Deployment"]["spec"], "the autoscaler decides"
assert things["HorizontalPodAutoscaler"]["spec"]["metrics"][0]["pods"]["metric"]["name"] == "cordon_http_calls"

# Nothing goes out but to the names of services, the database, the identity provider and the targets.
network = things["NetworkPolicy"]["spec"]
assert set(network["policyTypes"]) == {"Ingress", "Egress"}
assert all(rule.get("to") and rule.get("ports") for rule in network["egress"]), "a rule is open to all"
ports = [sorted({port["port"] for port in rule["ports"]}) for rule in network["egress"]]
assert ports == [[53], [5432], [443], [8000, 8001]], ports

# No password or key stands in the manifests, and every variable is one that the host knows.
for variable in host["env"]:
    assert "PASSWORD" not in variable["name"] or "valueFrom" in variable, variable["name"]
service = yaml.safe_load(open(COMPOSE))["services"]["host"]
assert service["read_only"] and service["cap_drop"] == ["ALL"] and service["user"] == "10001:10001"
known = set(re.findall(r"`(?:cordon)?\.([a-z.-]+)`", open(OPERATIONS).read()))
for name in {variable["name"] for variable in host["env"]} | set(service["environment"]):
    tail = name.removeprefix("CORDON_").lower().replace("_", "")
    assert any(tail.endswith(key.replace(".", "").replace("-", "")) for key in known), name
