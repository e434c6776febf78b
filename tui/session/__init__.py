"""One reading session, whatever face shows it: its state, its commands, and the stores it reads and writes.

`list_model`, `positions`, `citation`, `count_prefix` and `place_prompt` are pure; `named_lists`, `hit_list`,
`search_worker` and `stores` read the catalogue, the reading state and the search.
"""
