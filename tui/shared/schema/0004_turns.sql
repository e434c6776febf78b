-- Loads write in turns, so that searches beside them find a free processor.

-- The same tokens as before, in nine tenths of the time: functions in the list of columns need no intermediate tables.
create or replace function grams_v1(folded text, headline text, tokens text[]) returns tsvector
  language plpgsql immutable parallel safe cost 2000 as $$
declare
  gapless text := E'\n' || coalesce(headline, '');
  whole text := translate(folded || gapless, E'\n', ' ');
  title text := translate(split_part(folded, E'\n', 1) || gapless, E'\n', ' ');
  a text[] := string_to_array(whole, null);
  t text[] := string_to_array(title, null);
  found text[] := array_remove(a, ' ') || tokens
    || array(select x || y from (select unnest(a) x, unnest(a[2:]) y) at where x <> ' ' and y <> ' ')
    || array(select U&'\E000' || x from (select unnest(t) x) at where x <> ' ')
    || array(select U&'\E000' || x || y from (select unnest(t) x, unnest(t[2:]) y) at where x <> ' ' and y <> ' ');
begin
  if whole ~ '[0-z]' then
    -- two characters are enough on each side of what has neither digit nor letter
    a := string_to_array(regexp_replace(whole, '([^0-z]{2})[^0-z]+([^0-z]{2})', '\1 \2', 'g'), null);
    found := found || array(select x || y || z from (select unnest(a) x, unnest(a[2:]) y, unnest(a[3:]) z) at
      where greatest(x collate "C" between '0' and 'z', y collate "C" between '0' and 'z', z collate "C" between '0' and 'z')
        and x <> ' ' and y <> ' ' and z <> ' ');
  end if;
  if title ~ '[0-z]' then
    found := found || array(select U&'\E000' || x || y || z from (select unnest(t) x, unnest(t[2:]) y, unnest(t[3:]) z) at
      where greatest(x collate "C" between '0' and 'z', y collate "C" between '0' and 'z', z collate "C" between '0' and 'z')
        and x <> ' ' and y <> ' ' and z <> ' ');
  end if;
  return array_to_tsvector(found);
end $$;

-- Who holds the lock of a row here may write articles. One process at a time empties the pending
-- lists of the indexes, and three loads keep it busy: more would only compete with the searches for the processors.
create table turn (turn int primary key);
insert into turn values (0), (1), (2);
grant select, update on turn to ganews_editor;

-- Wait for a turn, which ends with the transaction. A load must not hold locks of ids before, for which others may wait.
create function take_turn() returns void language plpgsql as $$
begin
  perform from turn for update skip locked limit 1;
  if not found then
    perform from turn where turn = pg_backend_pid() % (select count(*) from turn) for update;
  end if;
end $$;
revoke all on function take_turn from public;
grant execute on function take_turn to ganews_editor;

-- As before, but in turns. A shard that moves takes no turn, since it may take minutes.
create or replace function take_incoming(in_load bigint, is_move boolean default false) returns table (added int, replaced int, left_out text[])
  language plpgsql as $$
begin
  if not is_move then perform take_turn(); end if;
  lock table shard in row share mode;  -- a shard that is about to move takes no articles
  if not is_move and exists (select from incoming join shard using (shard) join library on library.node <> shard.node) then
    raise exception 'the shard has moved to another node' using errcode = 'GN001';
  end if;
  insert into ident (id) select id from incoming order by id on conflict (id) do update set file = ident.file;
  with other as (
    delete from incoming n using ident i, file mine, file theirs where n.id = i.id and i.file <> n.file
      and mine.key = n.file and theirs.key = i.file and theirs.origin = mine.origin and theirs.size <> -2 and not is_move
    returning n.id)
  select array_agg(id) into left_out from other;
  delete from draft d using incoming n where d.id = n.id;
  update ident i set file = n.file from incoming n where n.id = i.id and i.digest = n.digest and i.file <> n.file;
  delete from incoming n using ident i where n.id = i.id and i.digest = n.digest;
  perform ensure_part(years.day) from (select distinct n.day / 10000 * 10000 as day from incoming n) years;
  with old as (
    delete from article a using ident i, incoming n where n.id = i.id and a.day = i.day and a.number = i.number
    returning a.*), kept as (
    insert into gone select in_load, id, day, number from old), grouped as (
    insert into grp select g.kind, g.name, -count(*), -sum(characters), 0
      from old, groups_of(day, bulletin, place, authors, tags) g group by 1, 2)
  select count(*) into replaced from old;
  update incoming n set position = i.position from ident i where i.id = n.id and i.position is not null;
  insert into article select n.day, n.number, n.id, n.bulletin, n.position, n.shard, in_load, n.title, n.place, n.place_id,
    n.date, n.authors, n.tags, n.characters, n.dateline, n.byline, n.body, n.source, n.source_first, n.source_last,
    n.description, n.url, n.slug, n.folded, n.headline, n.tokens from incoming n;
  insert into grp select g.kind, g.name, count(*), sum(characters), max(position * 16 + rank)
    from incoming, groups_of(day, bulletin, place, authors, tags) g group by 1, 2;
  insert into word_batch select words from incoming where words <> '{}';
  update ident i set day = n.day, number = n.number, position = n.position, digest = n.digest, file = n.file
    from incoming n where n.id = i.id;
  select count(*) - replaced into added from incoming;
  delete from incoming;
  return next;
end $$;
