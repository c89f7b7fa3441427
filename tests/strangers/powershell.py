"""PowerShell's grammar, in an environment of its own: prints what is asked of each script.

It reads a JSON list of scripts, and writes for each what can't be parsed, and the commands
with their parameters.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import tree_sitter_powershell
from tree_sitter import Language, Node, Parser

LANGUAGE = Language(tree_sitter_powershell.language())


def nodes(node: Node, kind: str) -> list[Node]:
    found = [node] if node.type == kind else []
    for child in node.children:
        found += nodes(child, kind)
    return found


def text(node: Node) -> str:
    return (node.text or b"").decode("utf-8")


def broken(node: Node) -> list[str]:
    if node.type == "ERROR" or node.is_missing:
        return [text(node)[:80] or node.type]
    return [one for child in node.children for one in broken(child)]


def command(node: Node) -> dict[str, Any]:
    elements = [one for one in nodes(node, "command_elements")[:1] for one in one.children]
    parts = [text(one).strip() for one in elements if text(one).strip()]
    return {"name": text(node.children[0]), "parts": parts, "text": text(node)}


parser = Parser(LANGUAGE)
answers = []
for script in json.load(sys.stdin):
    root = parser.parse(script.encode("utf-8")).root_node
    assignments = {
        text(one.children[0]): text(one.children[-1])
        for one in nodes(root, "assignment_expression")
    }
    answers.append(
        {
            "broken": broken(root),
            "assignments": assignments,
            "commands": [command(one) for one in nodes(root, "command")],
        }
    )
json.dump(answers, sys.stdout)
