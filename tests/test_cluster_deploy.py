"""The files in deploy/ are what Kubernetes and Compose take, by what these publish, and set what this program knows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from search.settings import VARIABLE_PREFIX, load

pytestmark = pytest.mark.cluster
DEPLOY = Path(__file__).parent.parent / "deploy"
OLDEST_KUBERNETES, NEWEST_KUBERNETES = "1.28", "1.33"


def manifests() -> list[Any]:
    return list(yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text(encoding="utf-8")))


def compose() -> Any:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("version", [OLDEST_KUBERNETES, NEWEST_KUBERNETES])
def test_each_manifest_is_by_the_schema_of_kubernetes(version: str) -> None:
    kubernetes_validate = pytest.importorskip("kubernetes_validate")
    for manifest in manifests():
        kubernetes_validate.validate(manifest, version, strict=True)
        # What no schema says: a set is of the pods that it makes.
        if manifest["kind"] == "StatefulSet":
            labels = manifest["spec"]["template"]["metadata"]["labels"]
            assert manifest["spec"]["selector"]["matchLabels"].items() <= labels.items()
            assert manifest["spec"]["serviceName"] in services()
    broken = manifests()[0] | {"spec": {"ports": "9200"}}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(broken, version, strict=True)


def services() -> set[str]:
    return {manifest["metadata"]["name"] for manifest in manifests() if manifest["kind"] == "Service"}


def test_the_compose_file_is_by_the_specification() -> None:
    pytest.importorskip("compose_spec").PyCompose.from_yaml((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))


def environments() -> Iterator[dict[str, str]]:
    yield compose()["services"]["quotes"]["environment"]
    for manifest in manifests():
        if manifest["kind"] == "StatefulSet":
            for container in manifest["spec"]["template"]["spec"]["containers"]:
                yield {each["name"]: each.get("value", "given") for each in container["env"]}


def test_what_they_set_is_what_this_program_reads(tmp_path: Path) -> None:
    """A setting that is misspelled is an error of one sentence when the container starts; here it is one before."""
    set_by_both = 0
    for environment in environments():
        ours = {name: value for name, value in environment.items() if name.startswith(VARIABLE_PREFIX)}
        if ours:
            assert load({"instance": tmp_path}, environ=ours).engine == "opensearch"
            set_by_both += 1
    assert set_by_both == 2
