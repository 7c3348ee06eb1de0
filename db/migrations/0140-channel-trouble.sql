-- A channel's last trouble tells which of its two ways it was on, and what to do about it (a text key): what works on
-- one way does not hide what fails on the other.
alter table channels
  add last_error_side text check (last_error_side in ('in', 'out')),
  add last_error_hint text;
