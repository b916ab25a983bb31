"""ICU, the library that browsers count and sort with, asked through the JavaScript engine that Playwright brings."""

from __future__ import annotations

import json
import subprocess
from typing import Any

from playwright._impl._driver import compute_driver_executable


def ask(script: str, given: Any = None) -> Any:
    """What a JavaScript function body returns; it finds `given` under that name."""
    node, _ = compute_driver_executable()
    whole = (
        f"const given = JSON.parse(require('fs').readFileSync(0)); console.log(JSON.stringify((() => {{{script}}})()))"
    )
    done = subprocess.run([node, "-e", whole], input=json.dumps(given), capture_output=True, text=True, check=True)
    return json.loads(done.stdout)
