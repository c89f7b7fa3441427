"""Lines for scripts: what people are called never ends a quotation."""

from __future__ import annotations

import ast
import json
import shlex

from hypothesis import given, strategies as st

from izzitup_desktop.text import script_lines

NAMES = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=40)


@given(NAMES)
def test_a_shell_hands_curl_the_body_as_it_is_meant(user: str) -> None:
    line = script_lines.curl("http://192.168.1.20:8475", 3, 7, user)
    command, option, body, url = shlex.split(line)
    assert (command, option, url) == ("curl", "-d", "http://192.168.1.20:8475/api/services")
    assert json.loads(body) == {
        "action": "setstatus", "service": 3, "status": 7, "user": user, "pwd": "PASSWORD",
    }  # fmt: skip


@given(NAMES)
def test_python_reads_the_names_as_they_are(user: str) -> None:
    tree = ast.parse(script_lines.python("http://127.0.0.1:8475/", 3, 5, user))
    (fields,) = [node for node in ast.walk(tree) if isinstance(node, ast.Dict)]
    assert ast.literal_eval(fields)["user"] == user


@given(NAMES)
def test_powershell_s_quotation_has_only_doubled_marks_inside(user: str) -> None:
    line = script_lines.powershell("http://127.0.0.1:8475", 3, 5, user)
    inner = line[line.index("GetBytes('") + len("GetBytes('") : line.rindex("')")]
    for mark in "'‘’‚‛":
        assert mark not in inner.replace(mark * 2, "")
        inner = inner.replace(mark * 2, mark)
    assert json.loads(inner)["user"] == user
