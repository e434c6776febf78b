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
  set search_path = public, pg_temp set maintenance_work_mem = '512MB' as $$
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
