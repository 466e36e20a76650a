/** At most the first six and the last four digits of a card number. */
export function maskCard(account: string): string {
  if (account.length < 12 || account.includes('X', 6)) return account
  return account.slice(0, 6) + 'X'.repeat(account.length - 10) + account.slice(-4)
}
