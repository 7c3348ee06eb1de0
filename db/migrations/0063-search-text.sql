-- The same words at half the price: for the stems it is enough to take away the signs that PostgreSQL's parser would
-- otherwise see addresses, numbers with signs, paths and hyphenated words in. Phrases still need the normal form.
-- Signs without width (soft hyphen, zero-width blank and joiners) are no part of a word and part none.
create function search_normal(t text) returns text language sql stable strict parallel safe as $$
  select regexp_replace(translate(
    case when t ~ '[\u3040-\u30ff\u3400-\u9fff]'
      then regexp_replace(unaccent(t), '([\u3040-\u30ff\u3400-\u9fff])', ' \1 ', 'g') else unaccent(t) end,
    E'\u00ad\u200b\u200c\u200d\u2060\ufeff', ''), '[^[:alnum:]]+', ' ', 'g')
$$;
create or replace function search_text(t text) returns text language sql stable strict parallel safe as $$
  select case when t ~ '[\u3040-\u30ff\u3400-\u9fff]' then search_normal(t)
    else translate(unaccent(t), E'-./_@:+\'\u2019&<>=#~%?*\\\u00ad\u200b\u200c\u200d\u2060\ufeff', '                   ') end
$$;
create or replace function search_says(t text, phrase text) returns boolean language sql stable strict parallel safe as $$
  select strpos(' ' || btrim(lower(search_normal(t))) || ' ', ' ' || phrase || ' ') > 0
$$;
create or replace function search_query(t text, prefix boolean) returns tsquery language plpgsql stable strict parallel safe as $$
declare
  words text[] := string_to_array(btrim(search_normal(t)), ' ');
  last text := words[cardinality(words)];
begin
  if not prefix or last is null or last = '' then return plainto_tsquery('foyer', search_text(t)); end if;
  return plainto_tsquery('foyer', array_to_string(words[:cardinality(words) - 1], ' '))
    && (to_tsquery('simple', lower(last) || ':*') || to_tsquery('foyer', last || ':*'));
end $$;
