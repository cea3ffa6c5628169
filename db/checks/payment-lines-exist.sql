-- A payment that names a published line names one that is there.
select 'payment ' || p.payment_id || ': no row ' || p.spend_row_number || ' in spend file ' || p.spend_file_id as found
  from payment p left join spend_line l
    on l.place_id = p.place_id and l.file_id = p.spend_file_id and l.row_number = p.spend_row_number
 where p.spend_file_id is not null and l.file_id is null order by p.payment_id limit 20
