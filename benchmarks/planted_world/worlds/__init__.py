"""Small stateful simulators: in-process, deterministic, without a clock of their own."""
