"""A team chat: channels, direct messages, members."""

from typing import Any

from benchmarks.planted_world.tools import RefusedError


class TeamChat:
    """Channels hold lists of {from, text}; `outside` channels are shared with other firms."""

    def __init__(
        self, channels: dict[str, list[dict[str, str]]], outside: tuple[str, ...] = ()
    ) -> None:
        self.channels = {name: list(posts) for name, posts in channels.items()}
        self.outside = outside
        self.members: dict[str, list[str]] = {}

    def _find(self, channel: str) -> list[dict[str, str]]:
        if channel not in self.channels:
            raise RefusedError("channel_not_found", f"no channel {channel}")
        return self.channels[channel]

    def list_channels(self) -> list[dict[str, Any]]:
        """List channels, and whether other firms read them."""
        return [{"channel": c, "external": c in self.outside} for c in self.channels]

    def read_channel(self, channel: str) -> list[dict[str, Any]]:
        """Read a channel, oldest post first."""
        return list(self._find(channel))

    def post_message(self, channel: str, text: str) -> dict[str, Any]:
        """Post to a channel, or to a person as @name."""
        if channel.startswith("@"):
            return {"ok": True, "to": channel, "read": False}
        self._find(channel).append({"from": "assistant", "text": text})
        return {"ok": True, "channel": channel, "number": len(self.channels[channel])}

    def delete_message(self, channel: str, number: int) -> dict[str, Any]:
        """Delete the n-th post of a channel."""
        posts = self._find(channel)
        if not 1 <= number <= len(posts):
            raise RefusedError("message_not_found", f"{channel} has {len(posts)} posts")
        gone = posts.pop(number - 1)
        return {"ok": True, "deleted": gone["text"][:60]}

    def invite_member(self, channel: str, user: str) -> dict[str, Any]:
        """Invite somebody to a channel."""
        self._find(channel)
        self.members.setdefault(channel, []).append(user)
        return {"ok": True, "channel": channel, "invited": user}
