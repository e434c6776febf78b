"""One reading session, shared by the screen and the linear mode: its state, its commands and its stores.

`list_model`, `list_geometry`, `list_cursor`, `page_positions`, `citation`, `count_prefix` and `place_prompt` are pure;
`named_lists`, `hit_list`, `search_worker` and `stores` read the catalogue, the reading state and the search.
"""
