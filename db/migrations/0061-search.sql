-- Search. Text and question go through the same hands: accents and ё off, everything but letters and digits a gap,
-- each CJK character a word; then the stems of `foyer` (English for ASCII words, Russian for the others).
create function search_text(t text) returns text language sql stable strict parallel safe as $$
  select regexp_replace(
    case when t ~ '[\u3040-\u30ff\u3400-\u9fff]'
      then regexp_replace(unaccent(t), '([\u3040-\u30ff\u3400-\u9fff])', ' \1 ', 'g') else unaccent(t) end,
    '[^[:alnum:]]+', ' ', 'g')
$$;

-- Phone numbers in any writing: their last ten and last seven digits as words of their own.
create function search_phones(t text) returns tsvector language sql stable strict parallel safe as $$
  select case when t ~ '\d[\d ().\u2013/-]{5}' then (
    select coalesce(array_to_tsvector(array_agg('tel' || right(digits, n))), ''::tsvector)
    from (
      select regexp_replace(m[1], '\D', '', 'g') as digits
      from regexp_matches(t, '(?:^|[^\d])(\d[\d ().\u2013/-]{5,20}\d)(?!\d)', 'g') m
    ) found cross join unnest(array[7, 10]) n
    where length(digits) between greatest(7, n) and 15)
  else ''::tsvector end
$$;

-- Which words a text holds; their places are not kept (phrases are checked on the messages). More distinct words
-- than a tsvector can hold (1 MB of them: no human text) are left out from where it is full.
create function search_words(t text) returns tsvector language plpgsql stable strict parallel safe as $$
declare
  found tsvector := '';
  piece text;
begin
  if length(t) <= 200000 then
    return strip(to_tsvector('foyer', search_text(t))) || search_phones(t);
  end if;
  for i in 0 .. least(length(t), 10000000) / 200000 loop
    piece := substr(t, i * 200000 + 1, 200000);
    begin
      found := found || strip(to_tsvector('foyer', search_text(piece))) || search_phones(piece);
    exception when program_limit_exceeded then exit;
    end;
  end loop;
  return found;
exception when program_limit_exceeded then
  return strip(to_tsvector('foyer', left(search_text(t), 60000)));
end $$;

-- Two vectors as one; when there is no room for both, the first stands.
create function search_join(a tsvector, b tsvector) returns tsvector language plpgsql immutable strict parallel safe as $$
begin
  return a || b;
exception when program_limit_exceeded then
  return a;
end $$;

-- One look at both: agents search messages and comments alike; what faces customers will ask `words` alone.
drop index conversation_search_words;
drop index conversation_search_comments;
create index conversation_search_all on conversation_search using gin ((words || comment_words));

-- Whether a text holds a phrase, given as search_text() in lower case; whole words, as they were written.
create function search_says(t text, phrase text) returns boolean language sql stable strict parallel safe as $$
  select strpos(' ' || btrim(lower(search_text(t))) || ' ', ' ' || phrase || ' ') > 0
$$;

-- Words of a question, all of which must occur. `prefix`: the last one may be the beginning of a word.
create function search_query(t text, prefix boolean) returns tsquery language plpgsql stable strict parallel safe as $$
declare
  words text[] := string_to_array(btrim(search_text(t)), ' ');
  last text := words[cardinality(words)];
begin
  if not prefix or last is null or last = '' then return plainto_tsquery('foyer', search_text(t)); end if;
  return plainto_tsquery('foyer', array_to_string(words[:cardinality(words) - 1], ' '))
    && (to_tsquery('simple', lower(last) || ':*') || to_tsquery('foyer', last || ':*'));
end $$;

-- Names and addresses without case and accents, for parts of names and for typing errors. Immutable: the rules of
-- unaccent are a file of PostgreSQL's own that does not change under a running cluster.
create function search_plain(t text) returns text language sql immutable strict parallel safe as $$
  select lower(public.unaccent('public.unaccent', t))
$$;
create index customers_plain_trgm on customers using gin (search_plain(name) gin_trgm_ops);
