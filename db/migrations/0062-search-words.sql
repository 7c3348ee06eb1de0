-- Texts of ordinary length (100 000 letters of any alphabet fit into a tsvector) without a net below them, so that
-- PostgreSQL may read many conversations side by side; the net is a subtransaction, which forbids that.
create function search_words_brief(t text) returns tsvector language sql stable strict parallel safe as $$
  select strip(to_tsvector('foyer', search_text(t))) || search_phones(t)
$$;

create or replace function search_words(t text) returns tsvector language plpgsql stable strict parallel unsafe as $$
declare
  found tsvector := '';
begin
  if length(t) <= 100000 then return search_words_brief(t); end if;
  for i in 0 .. least(length(t), 10000000) / 100000 loop
    begin
      found := found || search_words_brief(substr(t, i * 100000 + 1, 100000));
    exception when program_limit_exceeded then exit;
    end;
  end loop;
  return found;
end $$;
