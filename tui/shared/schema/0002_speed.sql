-- Faster loads and searches. No table changes its columns, and the index keeps its contents.

-- Text of a few kilobytes hardly compresses, and trying takes longer than storing it.
alter table article alter column folded set storage external, alter column body set storage external;
-- No query needs statistics of long texts, and ANALYZE would read all of them.
alter table article alter column folded set statistics 0, alter column body set statistics 0,
  alter column headline set statistics 0, alter column tokens set statistics 0, alter column title set statistics 0;

-- The same tokens as before in two thirds of the time: triples are looked for only where digits or Latin letters are.
create or replace function grams_v1(folded text, headline text, tokens text[]) returns tsvector
  language plpgsql immutable parallel safe cost 2000 as $$
declare
  gapless text := E'\n' || coalesce(headline, '');
  whole text := translate(folded || gapless, E'\n', ' ');
  title text := translate(split_part(folded, E'\n', 1) || gapless, E'\n', ' ');
  a text[] := string_to_array(whole, null);
  t text[] := string_to_array(title, null);
  found text[] := array_remove(a, ' ') || tokens
    || array(select x || y from unnest(a, a[2:]) as at (x, y) where x <> ' ' and y <> ' ')
    || array(select U&'\E000' || x from unnest(t) x where x <> ' ')
    || array(select U&'\E000' || x || y from unnest(t, t[2:]) as at (x, y) where x <> ' ' and y <> ' ');
begin
  if whole ~ '[0-z]' then
    -- two characters are enough on each side of what has neither digit nor letter
    a := string_to_array(regexp_replace(whole, '([^0-z]{2})[^0-z]+([^0-z]{2})', '\1 \2', 'g'), null);
    found := found || array(select x || y || z from unnest(a, a[2:], a[3:]) as at (x, y, z)
      where greatest(x collate "C" between '0' and 'z', y collate "C" between '0' and 'z', z collate "C" between '0' and 'z')
        and x <> ' ' and y <> ' ' and z <> ' ');
  end if;
  if title ~ '[0-z]' then
    found := found || array(select U&'\E000' || x || y || z from unnest(t, t[2:], t[3:]) as at (x, y, z)
      where greatest(x collate "C" between '0' and 'z', y collate "C" between '0' and 'z', z collate "C" between '0' and 'z')
        and x <> ' ' and y <> ' ' and z <> ' ');
  end if;
  return array_to_tsvector(found);
end $$;

create or replace function create_part(of_day int) returns text language plpgsql security definer
  set search_path = public, pg_temp as $$
declare
  wanted text := part_of(of_day);
  days record := part_days(of_day);
begin
  execute format('create table %I (like article including storage) with (toast_tuple_target = 256)', wanted);
  execute format('alter table %I alter column folded set statistics 0, alter column body set statistics 0,'
    ' alter column headline set statistics 0, alter column tokens set statistics 0,'
    ' alter column title set statistics 0', wanted);
  execute format('alter table %I add constraint days check (day >= %s and day < %s)', wanted, days.first, days.next);
  execute format('grant select on %I to ganews_reader', wanted);
  execute format('grant insert, update, delete on %I to ganews_editor', wanted);
  return wanted;
end $$;

-- The pending list of an index takes what ten importers load in some seconds: an importer that fills it would have to
-- empty it, for which `tidy` is there.
create or replace function index_part(wanted text) returns void language plpgsql security definer
  set search_path = public, pg_temp set maintenance_work_mem = '32MB' as $$
begin
  execute format('create index on %I (day desc, number desc)', wanted);
  execute format('create index on %I (load)', wanted);
  execute format('create index %I on %I using gin (grams_v1(folded, headline, tokens))'
    ' with (fastupdate = on, gin_pending_list_limit = 65536)', wanted || '_grams', wanted);
  execute format('alter index %I alter column 1 set statistics 0', wanted || '_grams');  -- else ANALYZE computes grams
  execute format('analyze %I', wanted);  -- without statistics the planner scans whole partitions
  update part set is_indexed = true where name = wanted;
end $$;

do $$
declare name text;
begin
  for name in select format('%I', part.name || '_grams') from part where is_indexed loop
    execute format('alter index %s set (gin_pending_list_limit = 65536)', name);
  end loop;
end $$;

-- When the groups and words were last added up.
alter table upkeep add column summed timestamptz;

-- Empty the pending lists of the indexes; add up the groups and words if that was not done in the last ten seconds, or if
-- the load is over. One process at a time: returns false if another is at it. With more memory than this, the tokens of a
-- list no longer fit in the processor's cache while they are sorted.
drop function tidy();
create function tidy(is_over boolean default true) returns boolean language plpgsql security definer
  set search_path = public, pg_temp set maintenance_work_mem = '16MB' as $$
begin
  perform from upkeep for update skip locked;
  if not found then return false; end if;
  perform gin_clean_pending_list(format('%I', name || '_grams')::regclass) from part where is_indexed;
  if is_over or (select summed is null or summed < clock_timestamp() - interval '10 s' from upkeep) then
    with old as (delete from word_batch returning words)
      insert into word_count select word, count(*) from old, unnest(words) word group by word order by word
      on conflict (word) do update set count = word_count.count + excluded.count;
    if (select count(*) from grp) > 2 * (select count(*) from (select distinct kind, name from grp) g) + 1000 then
      with old as (delete from grp returning *)
        insert into grp select kind, name, sum(count), sum(characters), max(newest) from old
        group by kind, name having sum(count) <> 0;
    end if;
    update upkeep set summed = clock_timestamp();
  end if;
  update upkeep set at = now();
  return true;
end $$;
revoke all on function tidy from public;
grant execute on function tidy to ganews_editor;

-- The temporary table of a load has no statistics: without these settings each load might read all of `ident`.
alter function take_incoming set enable_hashjoin = off;
alter function take_incoming set enable_mergejoin = off;

-- Remove articles, and return how many were removed. Only ids that were there when they were locked are removed: another
-- load may add one of the others between two statements, and its article would stay without its id.
create or replace function remove_articles(ids text[], in_load bigint) returns int language plpgsql as $$
declare
  removed int;
  locked text[];
begin
  locked := array(select id from ident where id = any(ids) order by id for update);
  with old as (
    delete from article a using ident i where i.id = any(locked) and a.day = i.day and a.number = i.number
    returning a.*), kept as (
    insert into gone select in_load, id, day, number from old), grouped as (
    insert into grp select g.kind, g.name, -count(*), -sum(characters), 0
      from old, groups_of(day, bulletin, place, authors, tags) g group by 1, 2)
  select count(*) into removed from old;
  delete from ident where id = any(locked);
  delete from draft where id = any(ids);
  return removed;
end $$;

-- Search --------------------------------------------------------------------------------------------------------------

-- The newest articles, or the oldest, for which `condition`, an SQL expression over the columns of article, is true.
-- `wanted` finds at least these in the index; null means that the index cannot help. First `walk` articles are tested
-- without the index, which cannot deliver in order; then the index is asked, one partition after another. The articles
-- come after the one at `before_day` and `before_number` in the order asked for.
drop function hits(text, tsquery, int, int, int, int, int, bigint);
create function hits(condition text, wanted tsquery, most int, walk int default 200, first_day int default 0,
    last_day int default 2147483647, before_day int default null, before_number bigint default 0,
    oldest boolean default false)
  returns setof article language plpgsql stable
  set enable_seqscan = off set enable_indexscan = on set max_parallel_workers_per_gather = 0 set jit = off
  set work_mem = '64MB' as $$
declare
  one record;
  found_rows int;
  left_to_walk int := case when wanted is null then 2147483647 else walk end;
  walked_day int;
  walked_number bigint;
  range text := case when oldest then 'day between $1 and $2 and (day, number) > ($3, $4)'
    else 'day between $1 and $2 and (day, number) < ($3, $4)' end;
  sorted text := case when oldest then ' order by day, number' else ' order by day desc, number desc' end;
begin
  if before_day is null then
    before_day := case when oldest then -1 else 2147483647 end;
  end if;
  for one in select name from part where last >= first_day and first <= last_day
      and case when oldest then last >= before_day else first <= before_day end
      order by case when oldest then first else -first end loop
    if left_to_walk > 0 then
      return query execute format('select * from (select * from %I where ' || range || sorted
        || ' limit $5) walked where (%s) limit $6', one.name, condition)
        using first_day, last_day, before_day, before_number, left_to_walk, most;
      get diagnostics found_rows = row_count;
      most := most - found_rows;
      exit when most <= 0;
      continue when wanted is null;
      execute format('select day, number from %I where ' || range || sorted || ' offset $5 - 1 limit 1', one.name)
        into walked_day, walked_number using first_day, last_day, before_day, before_number, left_to_walk;
      if walked_day is null then
        execute format('select count(*) from %I where ' || range, one.name)
          into found_rows using first_day, last_day, before_day, before_number;
        left_to_walk := left_to_walk - found_rows;
        continue;
      end if;
      before_day := walked_day;
      before_number := walked_number;
      left_to_walk := 0;
    end if;
    -- statistics miss rare grams: the planner would walk the date index
    perform set_config('enable_indexscan', 'off', true);
    -- Sorted before the condition is tested, which needs the texts: it is tested until enough articles are found. The
    -- days are tested outside too, or else the planner may use their index and compute the grams of each article.
    return query execute format('select * from (select * from %I where grams_v1(folded, headline, tokens) @@ $5'
      || sorted || ' offset 0) found where ' || range || ' and (%s) limit $6', one.name, condition)
      using first_day, last_day, before_day, before_number, wanted, most;
    get diagnostics found_rows = row_count;
    perform set_config('enable_indexscan', 'on', true);
    most := most - found_rows;
    exit when most <= 0;
  end loop;
end $$;

-- The texts that occur and may be pronounced as some syllables, and in how many articles, at most `most`. `lists` has the
-- characters of each syllable. Built pair by pair from at most `sequences` beginnings; none if more than `lookups` pairs
-- would have to be looked up.
create function sounding(lists text[], most int, sequences int, lookups int) returns table (word text, count bigint)
  language plpgsql stable set enable_seqscan = off set enable_indexscan = off set jit = off as $$
declare
  begun text[] := string_to_array(lists[1], null);
  pairs text[];
begin
  for at in 2..cardinality(lists) loop
    pairs := array(select distinct right(one, 1) || other from unnest(begun) one, unnest(string_to_array(lists[at], null)) other);
    lookups := lookups - cardinality(pairs);
    if lookups < 0 then return; end if;
    pairs := array(select pair from unnest(pairs) pair
      where exists (select from article where grams_v1(folded, headline, tokens) @@ tokens_query(array[pair])));
    begun := array(select one || other
      from unnest(begun) with ordinality as begun (one, nth), unnest(string_to_array(lists[at], null)) with ordinality as next (other, rank)
      where right(one, 1) || other = any(pairs) order by nth, rank limit sequences);
  end loop;
  return query select one, (select count(*) from (select from article
      where grams_v1(folded, headline, tokens) @@ tokens_query(array(
        select substr(one, at, 2) from generate_series(1, greatest(length(one) - 1, 1)) at)) limit most) found)
    from unnest(begun) one;
end $$;

create function tokens_query(tokens text[]) returns tsquery language sql immutable parallel safe as $$
  select string_agg('''' || replace(replace(token, '\', '\\'), '''', '''''') || '''', ' & ')::tsquery from unnest(tokens) token
$$;

revoke all on function hits, sounding, tokens_query from public;
grant execute on function hits, sounding, tokens_query to ganews_reader, ganews_editor;
