"""The application by name, for a server such as gunicorn."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def test_the_application_is_that_of_the_instance_in_the_environment(tmp_path: Path) -> None:
    code = "from web.wsgi import application; print(application.test_client().get('/healthz').text)"
    environment = os.environ | {"QUOTES_INSTANCE": str(tmp_path / "instance")}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert '"quotes": 0' in done.stdout
    assert (tmp_path / "instance" / "archive.sqlite3").exists()
