"""All commands of `quotes`, of all three packages: each with the module that it is imported from when it is called.

They are named as text, so that the ground floor imports nothing of the others, and `quotes find` neither Flask nor an HTML
parser. Entry points of the package would say the same, but to look them up reads the metadata of all that is installed: 25 ms.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

COMMANDS: Final[Mapping[str, str]] = {
    "find": "search.cli.query_commands:find_command",
    "compare": "search.cli.query_commands:compare_command",
    "export": "search.cli.query_commands:export",
    "show": "search.cli.query_commands:show",
    "cite": "search.cli.query_commands:cite",
    "status": "search.cli.admin_commands:status",
    "rebuild": "search.cli.admin_commands:rebuild",
    "regroup": "search.cli.admin_commands:regroup",
    "embed": "search.cli.admin_commands:embed",
    "config": "search.cli.admin_commands:config",
    "delete": "search.cli.admin_commands:delete",
    "doctor": "search.cli.upkeep_commands:doctor",
    "backup": "search.cli.upkeep_commands:backup",
    "restore": "search.cli.upkeep_commands:restore",
    "copy": "search.cli.upkeep_commands:copy",
    "outlets": "search.cli.outlet_commands:outlets",
    "speakers": "search.cli.speaker_commands:speakers",
    "utterances": "search.cli.utterance_commands:utterances",
    "corrections": "search.cli.correction_commands:corrections",
    "check": "indexer.cli.check_command:check_command",
    "extract": "indexer.cli:extract_command",
    "index": "indexer.cli:index_command",
    "import": "indexer.cli:import_command",
    "demo": "indexer.cli:demo_command",
    "follow": "indexer.cli.follow_command:follow_command",
    "watch": "indexer.cli.watch_command:watch",
    "serve": "web.cli:serve",
    "users": "web.user_commands:users",
    "mcp": "web.mcp_command:mcp",
    "keys": "web.key_commands:keys",
}
"""Name, and `module:attribute` of the click command."""
