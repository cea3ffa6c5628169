-- The sums of the spending map are the sums of the published lines, credits included.
select 'publisher ' || publisher_id || ', ' || to_char(month, 'YYYY-MM') || ', ' || service_area || ', ' || supplier || ': sum '
       || coalesce(s.amount_pence, 0) || ' of ' || coalesce(s.lines, 0) || ' lines, lines ' || coalesce(l.amount_pence, 0) || ' of ' || coalesce(l.lines, 0) as found
  from spend_sum s full join (
    select publisher_id, date_trunc('month', paid_on)::date as month, service_area, supplier, count(*) as lines,
           sum(amount_pence) as amount_pence, count(*) filter (where amount_pence < 0) as credit_lines,
           coalesce(sum(amount_pence) filter (where amount_pence < 0), 0) as credits_pence
      from spend_line group by publisher_id, date_trunc('month', paid_on)::date, service_area, supplier) as l
    using (publisher_id, month, service_area, supplier)
 where s.lines is distinct from l.lines or s.amount_pence is distinct from l.amount_pence
    or s.credit_lines is distinct from l.credit_lines or s.credits_pence is distinct from l.credits_pence
 limit 20
