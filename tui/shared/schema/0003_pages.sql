-- One statement for the first page of a search.

-- The first candidates of several streams, each like those of `hits`. `streams` is an array of {"condition", "wanted", "walk",
-- "first_day", "last_day", "oldest", "whole", "sorting", "variant", "counts"}. Of at most `most` rows of a stream,
-- `whole` have all columns: the first, or the shortest by `sorting`, which is "date", "title" or "body"; the others end with
-- the position.
-- Streams belong to variants of a query, in order. Once the streams that count have `enough` rows, the streams of later
-- variants are left out. After the rows of each stream comes one without a number: the stream is complete.
create function first_pages(streams jsonb, most int, enough int)
  returns table (stream int, is_whole boolean, day int, number bigint, id text, title text, place text, date text,
    characters int, authors text[], place_id int, bulletin text, tags text[], "position" bigint, dateline text, byline text,
    body text, source text, source_first int, source_last int, description text, url text, slug text)
  language plpgsql stable as $$
#variable_conflict use_column
declare
  one record;
  begun int := -1;
  found_rows int;
begin
  for one in select nth, s.* from jsonb_array_elements(streams) with ordinality as at (item, nth),
      jsonb_to_record(item) as s (condition text, wanted text, walk int, first_day int, last_day int, oldest boolean,
        whole int, sorting text, variant int, counts boolean) order by nth loop
    exit when one.variant > begun and enough <= 0;
    begun := one.variant;
    return query select one.nth::int, r.rank <= one.whole, r.day, r.number, r.id, r.title, r.place, r.date, r.characters, r.authors,
        r.place_id, r.bulletin, r.tags, r.position, case when r.rank <= one.whole then r.dateline end,
        case when r.rank <= one.whole then r.byline end, case when r.rank <= one.whole then r.body end,
        case when r.rank <= one.whole then r.source end, case when r.rank <= one.whole then r.source_first end,
        case when r.rank <= one.whole then r.source_last end, case when r.rank <= one.whole then r.description end,
        case when r.rank <= one.whole then r.url end, case when r.rank <= one.whole then r.slug end
      from (select h.*, row_number() over (order by
          case when one.sorting = 'title' then length(regexp_replace(h.title, '\s', '', 'g')) end,
          case when one.sorting <> 'date' then h.characters end, h.ordinality) as rank
        from hits(one.condition, one.wanted::tsquery, most, one.walk, first_day => one.first_day, last_day => one.last_day,
          oldest => one.oldest) with ordinality h) r order by r.ordinality;
    get diagnostics found_rows = row_count;
    if one.counts then
      enough := enough - found_rows;
    end if;
    stream := one.nth;
    return next;
  end loop;
end $$;

revoke all on function first_pages from public;
grant execute on function first_pages to ganews_reader, ganews_editor;
