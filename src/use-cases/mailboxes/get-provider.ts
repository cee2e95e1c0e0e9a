import { DomainError } from '@/domain/errors'
import { domainOf, normaliseEmail } from '@/domain/lead/email'
import { presetOfAddress, presetOfMx } from '@/domain/mailbox/presets/find-preset'
import type { MailboxPreset } from '@/domain/mailbox/presets/preset'
import { createMxLookup, type MxLookup } from '@/mail/mx-lookup'

export type FoundProvider =
  | { found: MailboxPreset }
  /** `own_server`: its servers are nobody's we know; `no_servers`: the domain takes no email; `no_answer`: it could not be asked. */
  | { found: null; because: 'own_server' | 'no_servers' | 'no_answer' }

/**
 * Finds the provider of an address: by its domain, or else by the MX records of that.
 * @throws {DomainError} invalid_input when it is no address
 */
export async function getProvider(
  { address }: { address: string },
  mxOf: MxLookup = createMxLookup(),
): Promise<FoundProvider> {
  const checked = normaliseEmail(address)
  if (!checked.ok)
    throw new DomainError('invalid_input', `${checked.problem}. Enter an address such as sam@company.com.`)
  const known = presetOfAddress(checked.email)
  if (known) return { found: known }
  const hosts = await mxOf(domainOf(checked.email))
  if (hosts === null) return { found: null, because: 'no_answer' }
  if (hosts.length === 0) return { found: null, because: 'no_servers' }
  const preset = presetOfMx(hosts)
  return preset ? { found: preset } : { found: null, because: 'own_server' }
}
