-- 0004 The kinds of accounts and transfers that the virtual bank adds. An account to resolve holds what happened elsewhere and
-- may not stay; an adjustment with its debtor, creditor or prepaid account moves cost between periods and comes back by itself.

alter domain ledger_account_kind drop constraint "an account is of a known kind";
alter domain ledger_account_kind add constraint "an account is of a known kind" check (value in (
  'stream', 'pot', 'allocation', 'commitment', 'paid', 'clearing', 'resolve', 'adjustment', 'creditor', 'debtor', 'prepaid'));
alter domain transfer_kind drop constraint "a transfer is of a known kind";
alter domain transfer_kind add constraint "a transfer is of a known kind" check (value in (
  'contribution', 'allocation', 'commitment', 'payment', 'transfer', 'reversal', 'virement', 'release', 'credit_note',
  'paid_elsewhere', 'clearing', 'journal', 'accrual', 'carry_forward'));
