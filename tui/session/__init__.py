"""One reading session, shared by the screen and the linear mode: its state, its commands and its stores.

`state`, `commands`, `effects`, `navigation`, `pane_commands`, `searching`, `marking`, the modules of lists and of
positions, `citation`, `count_prefix` and `place_prompt` are pure. `runner`, `line_runner`, `named_lists`, `hit_list`,
`search_worker`, `persistence` and `stores` read and write the catalogue, the reading state and the search.
"""
