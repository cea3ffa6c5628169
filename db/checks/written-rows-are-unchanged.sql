-- Each record of money and each decision is as it was when it was written, and none was added or taken away behind the chain.
select coalesce(h.subject, s.subject) || ' ' || coalesce(h.row_key, s.row_key) || case
         when h.row_key is null then ' is not in the chain' when s.row_key is null then ' was written and is gone'
         else ' was changed after it was written' end as found
  from held_row h full join held_now(null) s on s.place_id = h.place_id and s.subject = h.subject and s.row_key = h.row_key
 where h.row_key is null or s.row_key is null or h.content_hash <> held_hash(s.content, h.column_names)
 limit 20
