import { type PlannedEmail, selectPlannedEmails } from '@/db/queries/templates/select-planned-emails'
import type { Deps } from '@/deps'
import { createFaultOf, unknownInWords } from '@/domain/message/broken-emails'
import type { MessageTemplate } from '@/domain/message/render'
import { VARIABLE_NAMES, variablesOf } from '@/domain/message/variables'
import { createTurns } from '@/lib/turns'
import { getSettings } from '@/use-cases/settings/get-settings'
import { loadFillRates } from './load-fill-rates'

// Emails that are read at once.
const READ_AT_ONCE = 1_000

export type BrokenEmails = {
  /** Planned emails that could be made from the stored template, and not from the new one. */
  emails: number
  /** Why, the most frequent reason first. */
  reasons: string[]
}

/** Counts the planned emails that a save would keep from being made. Changes nothing. */
export async function findBrokenEmails(deps: Deps, id: string, next: MessageTemplate): Promise<BrokenEmails> {
  const stored = await deps.db.emailTemplate.findUnique({ where: { id } })
  if (!stored) return { emails: 0, reasons: [] }
  const { companyName } = await getSettings(deps)
  const [faultNow, faultThen] = [createFaultOf(stored), createFaultOf(next)]
  const counts = new Map<string, number>()
  for await (const email of plannedEmails(deps, id)) {
    const values = valuesOf(email, companyName)
    const fault = faultThen(values)
    if (fault !== null && faultNow(values) === null) counts.set(fault, (counts.get(fault) ?? 0) + 1)
  }
  const emails = [...counts.values()].reduce((sum, count) => sum + count, 0)
  return { emails, reasons: emails > 0 ? await reasonsOf(deps, next, counts) : [] }
}

async function* plannedEmails({ sql }: Deps, templateId: string): AsyncGenerator<PlannedEmail> {
  const turns = createTurns()
  let after: string | null = null
  for (;;) {
    const emails: PlannedEmail[] = await selectPlannedEmails(sql, { templateId, after, limit: READ_AT_ONCE })
    for (const email of emails) {
      if (turns.isOver()) await turns.pass()
      yield email
    }
    after = emails.at(-1)?.id ?? null
    if (emails.length < READ_AT_ONCE) return
  }
}

function valuesOf({ lead, fromName, fromEmail, campaignName }: PlannedEmail, company: string) {
  // A link that leads nowhere: these emails are never sent (RFC 2606 reserves .invalid).
  const unsubscribeUrl = 'https://unsubscribe.invalid/'
  return variablesOf(lead, { name: fromName, email: fromEmail, company }, { name: campaignName }, unsubscribeUrl)
}

/** A variable that does not exist is the reason for all of them; else those of the emails. */
async function reasonsOf(deps: Deps, next: MessageTemplate, counts: ReadonlyMap<string, number>): Promise<string[]> {
  const fields = (await loadFillRates(deps)).map(({ variable }) => variable)
  const unknown = unknownInWords(next, new Set([...VARIABLE_NAMES, ...fields]))
  if (unknown.length > 0) return unknown
  return [...counts].sort(([, a], [, b]) => b - a).map(([reason]) => reason)
}
