-- 0004 The kinds of accounts and transfers that the virtual bank adds. An account to resolve holds what happened elsewhere and
-- may not stay; an adjustment with its debtor, creditor or prepaid account moves cost between periods and comes back by itself.

-- Bodies as text: one that is kept parsed holds fast to the row types of its tables, and some versions of PostgreSQL then
-- refuse to change them or the domains of their columns.
create or replace function transfer_hash(one transfer, accounts uuid[], amounts bigint[]) returns bytea
  language sql stable parallel safe
as $$
  select sha256(convert_to(jsonb_build_array(one.place_id, one.transfer_id, one.book, one.kind,
    to_char(one.effective_on, 'YYYY-MM-DD'), one.record_id, one.words, one.made_by, one.reverses_id, accounts, amounts)::text, 'UTF8'))
$$;
create or replace function audit_entry_bytes(entry audit_entry) returns bytea
  language sql immutable parallel safe
  set search_path = public, pg_temp
as $$
  select sha256(convert_to(concat_ws('|', entry.place_id, entry.audit_id, entry.transaction_number,
    to_char(entry.made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), entry.actor, entry.action, entry.record_id,
    encode(entry.content_hash, 'hex')), 'UTF8'))
$$;

alter domain ledger_account_kind drop constraint "an account is of a known kind";
alter domain ledger_account_kind add constraint "an account is of a known kind" check (value in (
  'stream', 'pot', 'allocation', 'commitment', 'paid', 'clearing', 'resolve', 'adjustment', 'creditor', 'debtor', 'prepaid'));
alter domain transfer_kind drop constraint "a transfer is of a known kind";
alter domain transfer_kind add constraint "a transfer is of a known kind" check (value in (
  'contribution', 'allocation', 'commitment', 'payment', 'transfer', 'reversal', 'virement', 'release', 'credit_note',
  'paid_elsewhere', 'clearing', 'journal', 'accrual', 'carry_forward'));
