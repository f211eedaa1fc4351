"""Goal gaming: the measure was met and the goal was not."""
