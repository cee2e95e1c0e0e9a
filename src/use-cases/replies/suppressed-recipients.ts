import { selectSuppressedAddresses } from '@/db/queries/suppression/select-suppressed-addresses'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { suppressionInWords } from '@/domain/lead/suppression'
import { hashedAddress } from '@/lib/encryption'

/**
 * The suppressed ones among these recipients, all of which a person has confirmed.
 * @throws {DomainError} unconfirmed, with those that nobody has confirmed
 */
export async function refuseUnconfirmed(
  { sql, config }: Pick<Deps, 'sql' | 'config'>,
  recipients: readonly string[],
  confirmed: readonly string[],
): Promise<string[]> {
  const asked = recipients.map((email) => hashedAddress(config.consentKey, email))
  const suppressed = await selectSuppressedAddresses(sql, asked)
  const known = new Set(confirmed.map((email) => email.toLowerCase()))
  const open = suppressed.filter(({ email }) => !known.has(email))
  if (open.length === 0) return suppressed.map(({ email }) => email)
  const who = open.map((entry) => `${entry.email} (${suppressionInWords(entry)})`).join(', ')
  const verb = open.length === 1 ? 'is' : 'are'
  throw new DomainError(
    'unconfirmed',
    `On the suppression list ${verb} ${who}. Nothing was sent. Confirm that this email goes there all the same.`,
    { confirm: true, suppressed: open.map(({ email }) => email) },
  )
}
