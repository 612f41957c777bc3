"""riwaya: reads Arabic news into a ledger of accounts."""
