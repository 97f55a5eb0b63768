"""Packs a root folder into an image tar (docker-archive): pack.py ROOT FILE. The same root gives the same bytes."""

import hashlib
import io
import json
import os
import pathlib
import sys
import tarfile

ROOT, FILE = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
USER = 10001
# What seldom changes comes first.
LAYERS = [["etc", "lib", "lib64", "usr", "opt/java"], ["opt/cordon/models"], ["opt/cordon/app"]]
FOLDERS = {"data": (USER, 0o700), "keys": (USER, 0o700), "tmp": (0, 0o1777)}
JAVA = ["/opt/java/bin/java", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
        "-Djava.awt.headless=true", "-XX:+UseParallelGC", "-XX:MaxRAMPercentage=60",
        "-jar", "/opt/cordon/app/quarkus-run.jar"]


def entry(name, kind, mode, size=0, owner=0):
    info = tarfile.TarInfo(name)
    info.type, info.mode, info.size, info.uid, info.gid, info.mtime = kind, mode, size, owner, owner, 0
    return info


def layer(tops):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for top in tops:
            paths = [ROOT / top] + sorted((ROOT / top).rglob("*"))
            for path in filter(lambda path: path.exists(), paths):
                name = str(path.relative_to(ROOT))
                if path.is_dir():
                    tar.addfile(entry(name, tarfile.DIRTYPE, 0o755))
                else:
                    mode = 0o755 if os.access(path, os.X_OK) else 0o644
                    content = path.read_bytes()
                    tar.addfile(entry(name, tarfile.REGTYPE, mode, len(content)), io.BytesIO(content))
        if tops == LAYERS[0]:
            for name, (owner, mode) in FOLDERS.items():
                tar.addfile(entry(name, tarfile.DIRTYPE, mode, owner=owner))
    return out.getvalue()


def main():
    layers = [layer(tops) for tops in LAYERS]
    digests = [hashlib.sha256(content).hexdigest() for content in layers]
    config = json.dumps({
        "architecture": "amd64",
        "os": "linux",
        "config": {
            "User": f"{USER}:{USER}",
            "Env": ["CORDON_HOME=/opt/cordon", "CORDON_DATA=/data", "CORDON_HTTP_BIND=0.0.0.0"],
            "Entrypoint": JAVA,
            "Cmd": ["run"],
            "ExposedPorts": {"8080/tcp": {}},
            "Volumes": {"/data": {}},
            "WorkingDir": "/",
        },
        "rootfs": {"type": "layers", "diff_ids": ["sha256:" + digest for digest in digests]},
    }, sort_keys=True).encode()
    name = hashlib.sha256(config).hexdigest() + ".json"
    files = {name: config} | {digest + ".tar": content for digest, content in zip(digests, layers)}
    files["manifest.json"] = json.dumps([{
        "Config": name,
        "RepoTags": ["cordon:0.1.0-SNAPSHOT"],
        "Layers": [digest + ".tar" for digest in digests],
    }]).encode()
    with tarfile.open(FILE, "w", format=tarfile.PAX_FORMAT) as tar:
        for path, content in files.items():
            tar.addfile(entry(path, tarfile.REGTYPE, 0o644, len(content)), io.BytesIO(content))
    print(f"{FILE}: {FILE.stat().st_size:,} bytes, {len(layers)} layers")


main()
