"""The Journal view: what happened, who did it, when, where and why."""
