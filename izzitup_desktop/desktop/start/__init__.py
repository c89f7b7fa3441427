"""From the process's start to an open board: instance, session, opener, threads."""
