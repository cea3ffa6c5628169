-- 0021 A period that is closed for good has the trial balance of everything up to its last day: so nothing may come before it
-- either, also where no period was ever laid down. Until now a day before the first period was open. The two posting functions
-- stay as they are but for that one condition.
do $$
declare
  part text[];
  before text;
  after text;
begin
  foreach part slice 1 in array array[
    ['post_transfer', 'and p.starts_on <= booked and p.ends_on >= booked', 'and (p.starts_on <= booked or p.state = ''hard'') and p.ends_on >= booked'],
    ['post_batch', 'and p.starts_on <= p_effective[l.at] and p.ends_on >= p_effective[l.at]', 'and (p.starts_on <= p_effective[l.at] or p.state = ''hard'') and p.ends_on >= p_effective[l.at]']
  ] loop
    select pg_get_functiondef(p.oid) into strict before from pg_proc p
      where p.pronamespace = 'public'::regnamespace and p.proname = part[1];
    after := replace(before, part[2], part[3]);
    if after = before then
      raise exception '% is not as this step expects it', part[1];
    end if;
    execute after;
  end loop;
end
$$;
