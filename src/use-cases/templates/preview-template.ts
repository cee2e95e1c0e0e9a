import type { Lead } from '@/db/generated/client'
import { ALL_LEADS, selectLeadCounts } from '@/db/queries/leads/lead-counts'
import type { Deps } from '@/deps'
import { composeFooter } from '@/domain/message/compose'
import { displayName } from '@/domain/message/headers'
import { EXAMPLE_VALUES, type FillRate, lintTemplate, type TemplateProblem } from '@/domain/message/lint'
import { usedVariables } from '@/domain/message/problems'
import { type MessageTemplate, readTemplate, renderReadable } from '@/domain/message/render'
import { variablesOf } from '@/domain/message/variables'
import {
  type LeadChoice,
  loadLeadChoice,
  loadTemplateChoice,
  PLACES_AT_MOST,
  type TemplateChoice,
} from './load-choices'
import { loadFillRates } from './load-fill-rates'
import { previewSender } from './preview-sender'

/** `index`: place in the list, oldest first; null far from its beginning. */
export type PreviewLead = { id: string; email: string; name: string; index: number | null; isLast: boolean }

export type Preview = {
  /** The email as this lead would get it, footer included; null where it cannot be made. */
  subject: string | null
  text: string | null
  html: string | null
  from: { name: string; address: string }
  to: { name: string; address: string }
  /** Variables without a value for this lead. The email would not be sent; here they show as [name]. */
  missing: string[]
  /** Why the email would not be sent to this lead, or null. */
  failure: string | null
  problems: TemplateProblem[]
  /** Null where there is no lead yet: then the values are examples. */
  lead: PreviewLead | null
  totalLeads: number
  fillRates: FillRate[]
}

/** Shows a template as a lead would get it. Changes and sends nothing. @throws {DomainError} not_found */
export async function previewTemplate(
  deps: Deps,
  input: { template: TemplateChoice; lead?: LeadChoice | undefined },
): Promise<Preview> {
  const [template, fillRates, totalLeads, sender] = await Promise.all([
    loadTemplateChoice(deps, input.template),
    loadFillRates(deps),
    countLeads(deps),
    previewSender(deps),
  ])
  const problems = lintTemplate(template, fillRates)
  const visible = withoutBlanks(template)
  const { compiled } = readTemplate(visible)
  const lead = await loadLeadChoice(deps, input.lead ?? { index: 0 }, compiled ? usedVariables(compiled) : [])
  const variables = lead
    ? variablesOf(lead, sender, { name: 'Campaign name' }, sender.unsubscribeUrl)
    : {
        ...EXAMPLE_VALUES,
        sender_name: sender.name,
        sender_email: sender.email,
        unsubscribe_url: sender.unsubscribeUrl,
      }
  const { shown, missing, failure } = compiled
    ? renderReadable(compiled, variables)
    : { shown: null, missing: [], failure: null }
  const unfit = problems.find(({ level }) => level === 'error')?.message ?? null
  const bodies = shown ? composeFooter(shown, sender.footer) : { text: null, html: null }
  const name = lead ? displayName(lead.contactName ?? lead.companyName) : (EXAMPLE_VALUES.contact_name ?? '')
  const address = lead?.email ?? EXAMPLE_VALUES.email ?? ''
  return {
    subject: shown?.subject ?? null,
    ...bodies,
    from: { name: sender.name, address: sender.email },
    to: { name, address },
    missing,
    failure: unfit ?? failure,
    problems,
    lead: lead ? { id: lead.id, email: lead.email, name: name || lead.email, ...(await placeOf(deps, lead)) } : null,
    totalLeads,
    fillRates,
  }
}

/** Somebody who writes the text first wants to see it before there is a subject. */
const withoutBlanks = (template: MessageTemplate): MessageTemplate => ({
  ...template,
  subject: template.subject.trim() ? template.subject : '(no subject)',
  bodyText: template.bodyText.trim() ? template.bodyText : '(no text)',
})

async function countLeads({ sql }: Deps): Promise<number> {
  return (await selectLeadCounts(sql, [ALL_LEADS])).reduce((sum, { count }) => sum + count, 0)
}

async function placeOf({ db }: Deps, { id }: Lead): Promise<Pick<PreviewLead, 'index' | 'isLast'>> {
  const [before, next] = await Promise.all([
    db.lead.findMany({ where: { id: { lt: id } }, select: { id: true }, take: PLACES_AT_MOST }),
    db.lead.findFirst({ where: { id: { gt: id } }, select: { id: true }, orderBy: { id: 'asc' } }),
  ])
  return { index: before.length < PLACES_AT_MOST ? before.length : null, isLast: next === null }
}
