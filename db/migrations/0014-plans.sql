-- 0014 Plans: post_transfer asks for rows by their keys alone, so that one plan serves every call. Left to itself PostgreSQL plans the update of the
-- balances anew each time (it takes `any (ids)` for ten ids and finds each plan of its own cheaper): 85 of 270 microseconds a transfer.
-- Sequential reading is off there, because a plan made while a place is young would otherwise read every account it has.
alter function post_transfer(integer, uuid, text, text, date, uuid[], bigint[], uuid, text, uuid, text, bytea, date, boolean)
  set plan_cache_mode to force_generic_plan;
alter function post_transfer(integer, uuid, text, text, date, uuid[], bigint[], uuid, text, uuid, text, bytea, date, boolean)
  set enable_seqscan to off;
