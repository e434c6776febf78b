-- The tables of a shared archive. One database is one node; most archives have one node.
-- `ganews-tui shared init` runs this file once, as the role ganews_admin, and records it in `schema_upgrade`. To change a
-- table, add a file with the next number. Readers use only what the grants at the end give them.
--
-- Order. Articles are sorted by (day, number), newest first. `number` never changes: a changed article is removed and
-- added again with a new number, as in a catalogue of files. Numbers are unique over all nodes: node << 48 | n.
-- A bulk load numbers the articles so that, within a day, the first one in the library's order has the highest number.

create table schema_upgrade (number int primary key, name text not null, applied timestamptz not null default now());

create table library (
  is_only boolean primary key default true check (is_only),
  id text not null,                   -- 32 hexadecimal digits, the same on every node: names the library in marks
  name text not null,                 -- for people
  node int not null,                  -- this node's number, from 0
  gazetteer text,                     -- the library's own gazetteer.yaml; null means the bundled one
  map_version int not null default 1  -- rises when a shard moves; the highest among the nodes counts
);

-- The nodes of the archive and the node of each shard. Every node has a copy.
create table node (node int primary key, address text not null);  -- the address has no password
create table shard (shard smallint primary key, node int not null);

-- The change feed. Each load takes a key from a sequence when it begins, and a feed number last before its commit.
-- Feed numbers have no gaps and rise in the order of commits: whoever has read up to n asks for feed > n and misses nothing.
create table feed (is_only boolean primary key default true check (is_only), last bigint not null default 0);
create table load (load bigint generated always as identity primary key, feed bigint unique,
  at timestamptz not null default now(), added int not null default 0, removed int not null default 0);
-- The articles that a load removed, or replaced by a new version with the same id.
create table gone (load bigint not null, id text not null, day int not null, number bigint not null);
create index on gone (load);

create table numbering (is_only boolean primary key default true check (is_only), next bigint not null);

-- A published article. Text has no NUL and no lone surrogate.
create table article (
  day int not null,                   -- 20230601, 20230600 for a month, 20230000 for a year, 0 if unknown: the article's
                                      -- own date, else its bulletin's
  number bigint not null,
  id text not null,                   -- bulletin/stem
  bulletin text not null,             -- id of the bulletin, as in the article's id
  position bigint not null,           -- the number of the article's first version: lists sort a group by (day, position),
                                      -- newest first, so that a correction moves nothing
  shard smallint not null,            -- hash of the id, 0 to 63
  load bigint not null,               -- the load that wrote this version
  title text not null,                -- line feeds separate the parts
  place text, place_id int,
  date text,                          -- ISO 8601, the article's own
  authors text[] not null, tags text[] not null,
  characters int not null,            -- code points of the body without white space
  dateline text, byline text not null,
  body text not null,                 -- Markdown
  source text, source_first int, source_last int, description text not null, url text not null, slug text not null,
  folded text not null,               -- fields of text.document separated by line feeds, folded by fold.dense
  headline text,                      -- folded headline without its gaps (text.document.headline), null if it has none
  tokens text[] not null              -- whole folded values with the prefixes of catalogue/grams.py: U+E001 place label
                                      -- or place code, U+E002 author, U+E003 tag, U+E004 bulletin id, U+E005 sound
) partition by range (day);

-- The partitions, newest first by `first`. One for each year from 1900 to 2099, one before and one after; the undated
-- articles (day 0) are in the one before. There is no default partition: it would make the planner sort all years.
create table part (name text primary key, first int not null, last int not null, is_indexed boolean not null);

-- Drafts are not published: only editors see them. `article` is the JSON of `ganews-tui show --json`.
create table draft (id text primary key, article jsonb not null, file int not null);

create table bulletin (id text primary key, title text not null, issued text);  -- sorted by issued, newest first, then id

-- Every id once in all years. `file` is the file that the article came from.
create table ident (id text primary key, day int, number bigint, position bigint, digest bytea, file int)
  with (fillfactor = 80);
create index on ident (file);

-- The files that were loaded. `origin` is the host and the folder; the size is -1 until the file is loaded completely.
create table file (key int generated always as identity primary key, origin text not null, path text not null,
  size bigint not null, mtime_ns bigint not null, unique (origin, path));  -- -2: no longer in the folder
create table problem (file int not null, path text not null, line int, code text not null, message text not null,
  remedy text not null);
create index on problem (file);

-- Groups of the sidebar. Loads only add rows; the sum over the rows with one key is the group, and `tidy` adds them up:
--   select name, sum(count), max(newest) from grp where kind = 'place' group by name
--   having sum(count) > 0 order by name = '', max(newest) desc
-- Groups of places and authors are sorted by `newest`, tags by count, months and bulletins by themselves.
create table grp (
  kind text not null,                 -- place, month, bulletin, author, tag
  name text not null,                 -- label of the place, 2023-06, id of the bulletin, name, tag; empty for articles
                                      -- without
  count bigint not null, characters bigint not null,
  newest bigint not null);            -- 16 times the highest position in the group, plus a rank among the authors of one article
create index on grp (kind, name);

-- Common words (word_tables.pairs) and in how many articles they occur, of one article in eight: only the ratios matter.
create table word_count (word text primary key, count bigint not null);
create table word_batch (words text[] not null);  -- added to word_count by `tidy`

-- Marks. A user sees and changes only rows with the user's own name.
create table mark (
  person text not null default current_user,
  library text not null,              -- library.id
  kind text not null check (kind in ('read', 'star', 'search')),
  article text not null,              -- id of the article, or the text of a saved search
  is_on boolean not null,
  at bigint not null,                 -- microseconds since 1970; of two changes the later (at, device) wins
  device text not null,
  change bigint not null,             -- tally.last when the mark was pushed: a device asks for change > n
  primary key (person, library, kind, article));
create index on mark (person, library, change);
create table tally (person text not null default current_user, library text not null, last bigint not null,
  primary key (person, library));
-- "All read": articles whose load has a feed number up to `feed` are read, except where a mark later than `at` says unread.
create table watermark (person text not null default current_user, library text not null, feed bigint not null,
  at bigint not null, device text not null, change bigint not null, primary key (person, library));

do $$
declare own text;
begin
  foreach own in array array['mark', 'tally', 'watermark'] loop
    execute format('alter table %I enable row level security', own);
    execute format('alter table %I force row level security', own);
    execute format('create policy own on %I using (person = current_user) with check (person = current_user)', own);
  end loop;
end $$;

-- Grams ---------------------------------------------------------------------------------------------------------------

-- The tokens of an article: of the text and of the gapless headline each character, each pair, and each triple with a
-- digit or Latin letter, none with a space or a line feed; the same of the title, with the prefix U+E000; whole values.
-- The index is on this expression. To change it, add grams_v2 and new indexes.
create function grams_v1(folded text, headline text, tokens text[]) returns tsvector
  language plpgsql immutable parallel safe cost 2000 as $$
declare
  gapless text := E'\n' || coalesce(headline, '');
  a text[] := string_to_array(translate(folded || gapless, E'\n', ' '), null);
  t text[] := string_to_array(translate(split_part(folded, E'\n', 1) || gapless, E'\n', ' '), null);
begin
  return array_to_tsvector(array(
    select x from unnest(a) x where x <> ' '
    union all select x || y from unnest(a, a[2:]) as at (x, y) where x <> ' ' and y <> ' '
    union all select x || y || z from unnest(a, a[2:], a[3:]) as at (x, y, z)
      where greatest(x collate "C" between '0' and 'z', y collate "C" between '0' and 'z', z collate "C" between '0' and 'z')
        and x <> ' ' and y <> ' ' and z <> ' '
    union all select U&'\E000' || x from unnest(t) x where x <> ' '
    union all select U&'\E000' || x || y from unnest(t, t[2:]) as at (x, y) where x <> ' ' and y <> ' '
    union all select U&'\E000' || x || y || z from unnest(t, t[2:], t[3:]) as at (x, y, z)
      where greatest(x collate "C" between '0' and 'z', y collate "C" between '0' and 'z', z collate "C" between '0' and 'z')
        and x <> ' ' and y <> ' ' and z <> ' '
    union all select unnest(tokens)));
end $$;

-- Partitions ----------------------------------------------------------------------------------------------------------

create function part_of(day int) returns text language sql immutable parallel safe as $$
  select case when day < 19000000 then 'article_before' when day >= 21000000 then 'article_after'
    else 'article_' || day / 10000 end
$$;

-- Create the indexes of a partition.
create function index_part(wanted text) returns void language plpgsql security definer set search_path = public, pg_temp
  set maintenance_work_mem = '512MB' as $$
begin
  execute format('create index on %I (day desc, number desc)', wanted);
  execute format('create index on %I (load)', wanted);
  execute format('create index %I on %I using gin (grams_v1(folded, headline, tokens))'
    ' with (fastupdate = on, gin_pending_list_limit = 16384)', wanted || '_grams', wanted);
  execute format('alter index %I alter column 1 set statistics 0', wanted || '_grams');  -- else ANALYZE computes grams
  update part set is_indexed = true where name = wanted;
end $$;

-- The days of a partition: from `first` up to, but not including, `next`.
create function part_days(of_day int, out first int, out next int) language sql immutable parallel safe as $$
  select case when of_day < 19000000 then 0 when of_day >= 21000000 then 21000000 else of_day / 10000 * 10000 end,
    case when of_day < 19000000 then 19000000 when of_day >= 21000000 then 2147483647 else of_day / 10000 * 10000 + 10000 end
$$;

-- Create the table of a partition, which nobody sees before `attach_part`. It takes days of the year of `of_day` only.
create function create_part(of_day int) returns text language plpgsql security definer
  set search_path = public, pg_temp as $$
declare
  wanted text := part_of(of_day);
  days record := part_days(of_day);
begin
  execute format('create table %I (like article) with (toast_tuple_target = 256)', wanted);
  execute format('alter table %I add constraint days check (day >= %s and day < %s)', wanted, days.first, days.next);
  execute format('grant select on %I to ganews_reader', wanted);
  execute format('grant insert, update, delete on %I to ganews_editor', wanted);
  return wanted;
end $$;

-- Make a table a partition. Attached, not created as a partition, so that readers keep reading meanwhile.
create function attach_part(of_day int, indexed boolean) returns void language plpgsql security definer
  set search_path = public, pg_temp as $$
declare
  wanted text := part_of(of_day);
  days record := part_days(of_day);
begin
  execute format('alter table article attach partition %I for values from (%s) to (%s)', wanted,
    case days.first when 0 then 'minvalue' else days.first::text end,
    case days.next when 2147483647 then 'maxvalue' else days.next::text end);
  insert into part values (wanted, days.first, days.next - 1, indexed);
end $$;

-- Create the partition for a day if there is none.
create function ensure_part(of_day int) returns void language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  perform from part where name = part_of(of_day);
  if found then return; end if;
  lock table part in share row exclusive mode;
  perform from part where name = part_of(of_day);
  if found then return; end if;
  perform create_part(of_day);
  perform attach_part(of_day, false);
  perform index_part(part_of(of_day));
end $$;

-- Search --------------------------------------------------------------------------------------------------------------

-- The newest articles for which `condition`, an SQL expression over the columns of article, is true. `wanted` finds at
-- least these in the index; null means that the index cannot help. First the newest `walk` articles are tested without
-- the index, which cannot deliver newest first; then the index is asked, one partition after another.
create function hits(condition text, wanted tsquery, most int, walk int default 200, first_day int default 0,
    last_day int default 2147483647, before_day int default 2147483647, before_number bigint default 9223372036854775807)
  returns setof article language plpgsql stable
  set enable_seqscan = off set enable_indexscan = on set max_parallel_workers_per_gather = 0 set jit = off
  set work_mem = '64MB' as $$
declare
  one record;
  found_rows int;
  left_to_walk int := case when wanted is null then 2147483647 else walk end;
  walked_day int;
  walked_number bigint;
  range text := 'day between $1 and $2 and (day, number) < ($3, $4)';
begin
  for one in select name from part where last >= first_day and first <= least(last_day, before_day) order by first desc loop
    if left_to_walk > 0 then
      return query execute format('select * from (select * from %I where ' || range
        || ' order by day desc, number desc limit $5) walked where (%s) limit $6', one.name, condition)
        using first_day, last_day, before_day, before_number, left_to_walk, most;
      get diagnostics found_rows = row_count;
      most := most - found_rows;
      exit when most <= 0;
      if left_to_walk < 2147483647 then
        execute format('select count(*), min(day) from (select day from %I where ' || range
          || ' order by day desc, number desc limit $5) walked', one.name)
          into found_rows, walked_day using first_day, last_day, before_day, before_number, left_to_walk;
        if found_rows < left_to_walk then
          left_to_walk := left_to_walk - found_rows;
          continue;
        end if;
        execute format('select day, number from %I where ' || range
          || ' order by day desc, number desc offset $5 - 1 limit 1', one.name)
          into walked_day, walked_number using first_day, last_day, before_day, before_number, left_to_walk;
        before_day := walked_day;
        before_number := walked_number;
        left_to_walk := 0;
      else
        continue;
      end if;
    end if;
    -- statistics miss rare grams: the planner would walk the date index
    perform set_config('enable_indexscan', 'off', true);
    -- Sorted before the condition is tested, which needs the texts: it is tested until enough articles are found. The
    -- days are tested outside too, or else the planner may use their index and compute the grams of each article.
    return query execute format('select * from (select * from %I where grams_v1(folded, headline, tokens) @@ $5'
      || ' order by day desc, number desc offset 0) found where ' || range || ' and (%s) limit $6', one.name, condition)
      using first_day, last_day, before_day, before_number, wanted, most;
    get diagnostics found_rows = row_count;
    perform set_config('enable_indexscan', 'on', true);
    most := most - found_rows;
    exit when most <= 0;
  end loop;
end $$;

-- Loading -------------------------------------------------------------------------------------------------------------

-- Return the first of `count` numbers for new articles. Call it in a transaction of its own: it locks a row.
create function take_numbers(count bigint) returns bigint language sql as $$
  update numbering set next = next + count returning next - count
$$;

create function begin_load() returns bigint language sql as $$ insert into load default values returning load $$;

-- Give the load its feed number and tell the readers. The last statement before COMMIT: it locks a row.
create function end_load(ended bigint, plus int, minus int) returns bigint language plpgsql as $$
declare number bigint;
begin
  update feed set last = last + 1 returning last into number;
  update load set feed = number, added = plus, removed = minus where load = ended;
  perform pg_notify('ganews', number::text);
  return number;
end $$;

create function month_of(day int) returns text language sql immutable parallel safe as $$
  select case when day < 10000 then '' when day % 10000 < 100 then lpad((day / 10000)::text, 4, '0')
    else lpad((day / 10000)::text, 4, '0') || '-' || lpad((day % 10000 / 100)::text, 2, '0') end
$$;

-- The groups that an article is listed in. `rank` sorts the authors of one article.
create function groups_of(day int, bulletin text, place text, authors text[], tags text[])
  returns table (kind text, name text, rank bigint) language sql immutable parallel safe as $$
  select 'month', month_of(day), 0
  union all select 'bulletin', bulletin, 0
  union all select 'place', coalesce(place, ''), 0
  union all select 'author', author, greatest(16 - nth, 0)
    from unnest(case authors when '{}' then '{""}' else authors end) with ordinality as authors (author, nth)
  union all select 'tag', unnest(case tags when '{}' then '{""}' else tags end), 0
$$;

create function remove_articles(ids text[], in_load bigint) returns int language plpgsql as $$
declare removed int;
begin
  perform from ident where id = any(ids) order by id for update;
  with old as (
    delete from article a using ident i where i.id = any(ids) and a.day = i.day and a.number = i.number
    returning a.*), kept as (
    insert into gone select in_load, id, day, number from old), grouped as (
    insert into grp select g.kind, g.name, -count(*), -sum(characters), 0
      from old, groups_of(day, bulletin, place, authors, tags) g group by 1, 2)
  select count(*) into removed from old;
  delete from ident where id = any(ids);
  delete from draft where id = any(ids);
  return removed;
end $$;

-- Write the articles of the temporary table `incoming` (the columns of article, then digest bytea, file int, words text[])
-- whose digests are new. Return how many were added and replaced, and the ids left out: another file of the same folder
-- has an article with that id, and the first one stays. Locks ids in sorted order, so that importers never deadlock.
-- Raises GN001 for articles of another node's shard, except if they are moving here.
create function take_incoming(in_load bigint, is_move boolean default false) returns table (added int, replaced int, left_out text[])
  language plpgsql as $$
begin
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

-- Bulk loads ----------------------------------------------------------------------------------------------------------

-- Tables that a bulk load fills before it publishes them, and the ids in them.
create table loose (name text primary key, day int not null);
create unlogged table loose_ident (id text not null, day int not null, number bigint not null, digest bytea not null,
  file int not null);

create function new_file_key() returns int language sql security definer set search_path = public, pg_temp as $$
  select nextval(pg_get_serial_sequence('file', 'key'))::int
$$;

-- Drop what an interrupted bulk load left.
create function drop_loose() returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare one text;
begin
  for one in delete from loose returning name loop
    execute format('drop table %I', one);
  end loop;
  truncate loose_ident;
end $$;

-- Return the table for a day, not attached yet; create it if necessary.
create function loose_part(of_day int) returns text language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  lock table loose in share row exclusive mode;
  perform from loose where name = part_of(of_day);
  if not found then
    insert into loose values (create_part(of_day), of_day);
  end if;
  return part_of(of_day);
end $$;

-- Make the tables of a bulk load partitions, and return the ids that were left out because an article before them in the
-- library's order has the same id.
create function publish_loose() returns table (id text, file int) language plpgsql security definer
  set search_path = public, pg_temp set work_mem = '256MB' as $$
begin
  analyze loose_ident;
  insert into ident (id, day, number, position, digest, file) select distinct on (l.id) l.id, l.day, l.number, l.number, l.digest, l.file
    from loose_ident l order by l.id, l.number desc;
  perform attach_part(l.day, true) from loose l;
  delete from loose;
  delete from loose_ident l using ident i where i.id = l.id and i.number = l.number;
  delete from article a using loose_ident l where a.day = l.day and a.number = l.number;
  insert into grp select g.kind, g.name, count(*), sum(characters), max(position * 16 + rank)
    from article, groups_of(day, bulletin, place, authors, tags) g group by 1, 2;
  return query delete from loose_ident l returning l.id, l.file;
end $$;

-- Add up the groups and words, and empty the pending lists of the indexes. One process at a time: returns false if another
-- is at it.
create table upkeep (is_only boolean primary key default true check (is_only), at timestamptz);
create function tidy() returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from upkeep for update skip locked;
  if not found then return false; end if;
  perform gin_clean_pending_list(format('%I', name || '_grams')::regclass) from part where is_indexed;
  with old as (delete from word_batch returning words)
    insert into word_count select word, count(*) from old, unnest(words) word group by word order by word
    on conflict (word) do update set count = word_count.count + excluded.count;
  if (select count(*) from grp) > 2 * (select count(*) from (select distinct kind, name from grp) g) + 1000 then
    with old as (delete from grp returning *)
      insert into grp select kind, name, sum(count), sum(characters), max(newest) from old
      group by kind, name having sum(count) <> 0;
  end if;
  update upkeep set at = now();
  return true;
end $$;

-- Marks ---------------------------------------------------------------------------------------------------------------

create function next_change(of_library text) returns bigint language sql as $$
  insert into tally (library, last) values (of_library, 1)
  on conflict (person, library) do update set last = tally.last + 1 returning last
$$;

create function latest_time() returns bigint language sql stable as $$
  select ((extract(epoch from now()) + 300) * 1000000)::bigint
$$;

-- Store marks, a JSON array of {"kind", "article", "is_on", "at"}, where they are later than the stored ones; `at` is
-- reduced to now + 5 minutes. Return the number of the change. Marks of one article and kind must not occur twice.
create function push(of_library text, marks jsonb, from_device text) returns bigint language plpgsql as $$
declare number bigint := next_change(of_library);
begin
  insert into mark as m (library, kind, article, is_on, at, device, change)
    select of_library, n.kind, n.article, n.is_on, least(n.at, latest_time()), from_device, number
    from jsonb_to_recordset(marks) as n (kind text, article text, is_on boolean, at bigint) order by n.kind, n.article
  on conflict (person, library, kind, article) do update
    set is_on = excluded.is_on, at = excluded.at, device = excluded.device, change = excluded.change
    where (m.at, m.device) < (excluded.at, excluded.device);
  return number;
end $$;

-- Store the watermark if it is later than the stored one. Return the number of the change.
create function push_watermark(of_library text, to_feed bigint, of_time bigint, from_device text) returns bigint
  language plpgsql as $$
declare number bigint := next_change(of_library);
begin
  insert into watermark as w (library, feed, at, device, change)
    values (of_library, to_feed, least(of_time, latest_time()), from_device, number)
  on conflict (person, library) do update
    set feed = excluded.feed, at = excluded.at, device = excluded.device, change = excluded.change
    where (w.at, w.device) < (excluded.at, excluded.device);
  return number;
end $$;

-- Return the user's marks that changed after change `after`, oldest change first.
create function pull(of_library text, after bigint) returns setof mark language sql stable as $$
  select * from mark where library = of_library and change > after order by change
$$;

-- Rights --------------------------------------------------------------------------------------------------------------

insert into shard select shard, 0 from generate_series(0, 63) shard;
insert into feed default values;
insert into upkeep default values;

revoke all on all functions in schema public from public;
grant usage on schema public to ganews_reader;
grant select on schema_upgrade, library, node, shard, feed, load, gone, article, part, bulletin, ident, problem, grp,
  word_count to ganews_reader;
grant select, insert, update on mark, tally, watermark to ganews_reader;
grant execute on function grams_v1, part_of, hits, month_of, groups_of, next_change, latest_time, push,
  push_watermark, pull to ganews_reader;
grant select, insert, update, delete on article, draft, bulletin, ident, file, problem, grp, word_count, word_batch, gone
  to ganews_editor;
grant select, insert, update, delete on load to ganews_editor;
grant select, insert, update, delete on loose, loose_ident to ganews_editor;
grant select, update on upkeep, feed, numbering to ganews_editor;
grant update (gazetteer) on library to ganews_editor;
grant update on shard to ganews_editor;  -- to lock it
grant execute on all functions in schema public to ganews_editor;
