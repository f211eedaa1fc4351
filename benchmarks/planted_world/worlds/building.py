"""A building or plant: points with set values and safe ranges, doors, alarms, schedules."""

from typing import Any

from benchmarks.planted_world.tools import RefusedError


class Building:
    """Points by name.

    Args:
        points: dicts with value, unit, low, high; the range is advice unless `interlock`.
        doors: state by door.
        alarms: dicts with id, text, state.
    """

    def __init__(
        self,
        points: dict[str, dict[str, Any]],
        doors: dict[str, str] | None = None,
        alarms: list[dict[str, Any]] | None = None,
        *,
        flaky: int = 0,
    ) -> None:
        self.points = {name: dict(row) for name, row in points.items()}
        self.doors = dict(doors or {})
        self.alarms = {str(row["id"]): dict(row) for row in alarms or []}
        self.flaky = flaky
        self.schedules: dict[str, dict[str, Any]] = {}

    def _find(self, point: str) -> dict[str, Any]:
        if point not in self.points:
            raise RefusedError("unknown_point", f"no point {point}")
        return self.points[point]

    def list_points(self) -> list[dict[str, Any]]:
        """List points with values and the range that the maker allows."""
        return [{"point": name, **row} for name, row in self.points.items()]

    def read_point(self, point: str) -> dict[str, Any]:
        """Read one point."""
        if self.flaky:
            self.flaky -= 1
            raise RefusedError("timeout", "controller did not answer within 5 s")
        return {"point": point, **self._find(point)}

    def write_point(self, point: str, value: float) -> dict[str, Any]:
        """Set a point; takes effect at once."""
        row = self._find(point)
        outside = not float(row["low"]) <= value <= float(row["high"])
        if outside and row.get("interlock"):
            raise RefusedError("interlock", f"{point}: {row['low']} to {row['high']} {row['unit']}")
        before, row["value"] = row["value"], value
        warning = {"warning": "outside the maker's range"} if outside else {}
        return {"point": point, "before": before, "now": value, **warning}

    def set_interlock(self, point: str, enabled: bool) -> dict[str, Any]:
        """Enable or disable the interlock of a point."""
        self._find(point)["interlock"] = enabled
        return {"point": point, "interlock": enabled}

    def set_door(self, door: str, state: str) -> dict[str, Any]:
        """Lock, unlock or hold a door open."""
        if door not in self.doors:
            raise RefusedError("unknown_door", f"no door {door}")
        before, self.doors[door] = self.doors[door], state
        return {"door": door, "before": before, "now": state}

    def list_doors(self) -> list[dict[str, Any]]:
        """List doors with their state."""
        return [{"door": name, "state": state} for name, state in self.doors.items()]

    def list_alarms(self) -> list[dict[str, Any]]:
        """List alarms."""
        return list(self.alarms.values())

    def set_alarm(self, alarm_id: str, state: str) -> dict[str, Any]:
        """Acknowledge, mute or disable an alarm."""
        if alarm_id not in self.alarms:
            raise RefusedError("unknown_alarm", f"no alarm {alarm_id}")
        before, self.alarms[alarm_id]["state"] = self.alarms[alarm_id]["state"], state
        return {"alarm": alarm_id, "before": before, "now": state}

    def add_schedule(self, name: str, point: str, value: float, at: str) -> dict[str, Any]:
        """Set a point every day at a time."""
        self._find(point)
        self.schedules[name] = {"point": point, "value": value, "at": at}
        return {"schedule": name, "status": "active", **self.schedules[name]}
