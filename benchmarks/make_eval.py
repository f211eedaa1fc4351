"""Write an Inspect `.eval` log of many samples with Inspect's own writer, for benchmarks.

Usage: python benchmarks/make_eval.py --samples 2000 --turns 10 --out /tmp/large.eval

Every sample is a chat of `turns` assistant messages, each but the last with one tool
call that is really executed by Inspect's agent loop under `mockllm`.
"""

import argparse
import os
import shutil
import tempfile
from pathlib import Path


def main() -> None:
    """Read the arguments and write the log."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=int, default=2000)
    parser.add_argument("--turns", type=int, default=10)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    make_eval(arguments.samples, arguments.turns, arguments.out)


def make_eval(samples: int, turns: int, out: Path) -> None:
    """Run one task under `mockllm` and leave its log at `out` (`.eval` or `.json`)."""
    os.environ.setdefault("INSPECT_DISPLAY", "none")
    from inspect_ai import Task, eval
    from inspect_ai.dataset import MemoryDataset, Sample
    from inspect_ai.model import (
        ChatMessage,
        ChatMessageAssistant,
        GenerateConfig,
        ModelOutput,
        ModelUsage,
        get_model,
    )
    from inspect_ai.scorer import includes
    from inspect_ai.solver import generate, use_tools
    from inspect_ai.tool import Tool, ToolCall, ToolChoice, ToolInfo, tool

    @tool
    def lookup() -> Tool:
        async def execute(key: str) -> str:
            """Look a key up in the inventory.

            Args:
                key: what to look up.
            """
            if key.endswith("-4"):
                raise PermissionError(f"{key} is locked")
            return "\n".join(f"{key}: shelf {shelf}, {shelf * 7} pieces" for shelf in range(12))

        return execute

    def answer(
        messages: list[ChatMessage], _tools: list[ToolInfo], _choice: ToolChoice, _: GenerateConfig
    ) -> ModelOutput:
        turn = sum(message.role == "assistant" for message in messages)
        message = ChatMessageAssistant(content=f"Turn {turn}: I look at item-{turn} next.")
        if turn < turns - 1:
            call = ToolCall(id=f"call_{turn}", function="lookup", arguments={"key": f"item-{turn}"})
            message.tool_calls = [call]
        else:
            message.content = "The inventory holds 84 pieces on shelf 12."
        output = ModelOutput.from_message(message)
        output.usage = ModelUsage(input_tokens=50 * turn + 20, output_tokens=20, total_tokens=90)
        return output

    dataset = MemoryDataset(
        [
            Sample(
                id=f"s{number}", input=f"Count what is on shelf 12 of store {number}.", target="84"
            )
            for number in range(samples)
        ]
    )
    task = Task(
        dataset=dataset,
        solver=[use_tools(lookup()), generate()],
        scorer=includes(),
        name="inventory",
    )
    with tempfile.TemporaryDirectory() as folder:
        eval(
            task,
            model=get_model("mockllm/model", custom_outputs=answer),
            log_dir=folder,
            log_format="json" if out.suffix == ".json" else "eval",
            log_level="error",
            score=True,
            fail_on_error=False,
        )
        [written] = Path(folder).glob(f"*{out.suffix}")
        shutil.move(written, out)


if __name__ == "__main__":
    main()
