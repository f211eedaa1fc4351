"""A Messages API request with thinking, a tool that fails, and a tool that the server runs."""

import json

FORMAT = "anthropic"
SUFFIX = ".json"


def sample() -> bytes:
    """Return one whole file of the format."""
    failed = {"type": "tool_result", "tool_use_id": "toolu_1", "is_error": True,
              "content": [{"type": "text", "text": "no scale"}]}  # fmt: skip
    found = {"type": "web_search_tool_result", "tool_use_id": "srv_1",
             "content": [{"type": "web_search_result", "url": "https://example.org"}]}  # fmt: skip
    use = {"type": "tool_use", "id": "toolu_1", "name": "weigh", "input": {"what": "pears"}}
    request = {
        "model": "model-c",
        "system": [{"type": "text", "text": "Be brief."}],
        "messages": [
            {"role": "user", "content": "How heavy are the pears?"},
            {
                "role": "assistant",
                "content": [
                    {"type": "thinking", "thinking": "Weigh them.", "signature": "x"},
                    {"type": "text", "text": "I weigh them."},
                    use,
                ],
            },
            {"role": "user", "content": [failed, {"type": "text", "text": "Search then."}]},
            {
                "role": "assistant",
                "content": [
                    {"type": "server_tool_use", "id": "srv_1", "name": "web_search",
                     "input": {"query": "weight of pears"}},
                    found,
                    {"type": "text", "text": "About 180 g each."},
                ],
            },
        ],
    }  # fmt: skip
    return json.dumps(request, indent=1).encode()
