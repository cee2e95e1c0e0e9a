import type { TemplateInUse } from './problems'
import { compileTemplate, type MessageTemplate } from './render'
import {
  type CampaignFacts,
  customFieldKeys,
  type LeadFacts,
  VARIABLE_NAMES,
  type Variables,
  variablesOf,
} from './variables'

// An email on trial is never sent: its link leads nowhere (RFC 2606 reserves .invalid).
const UNSUBSCRIBE_URL = 'https://unsubscribe.invalid/'

type TrialCampaign = CampaignFacts & {
  mailboxes: readonly { mailbox: { fromName: string; fromEmail: string } }[]
}

/**
 * Makes the variables of a lead's emails for a trial before they are planned. The sender is the campaign's first mailbox;
 * without one, a stand-in.
 */
export function createTrial(campaign: TrialCampaign, companyName: string): (lead: LeadFacts) => Variables {
  const mailbox = campaign.mailboxes[0]?.mailbox
  const sender = {
    name: mailbox?.fromName ?? 'Sender',
    email: mailbox?.fromEmail ?? 'sender@example.com',
    company: companyName,
  }
  return (lead) => variablesOf(lead, sender, campaign, UNSUBSCRIBE_URL)
}

/** The templates of a sequence, compiled, each once. @throws {Error} when one cannot be parsed */
export function templatesInUse(
  sequence: readonly { template: MessageTemplate & { id: string; name: string } }[],
): TemplateInUse[] {
  const templates = new Map(sequence.map(({ template }) => [template.id, template]))
  return [...templates.values()].map((template) => ({
    id: template.id,
    name: template.name,
    compiled: compileTemplate(template),
  }))
}

/** Names that a template may use for these leads: the fixed variables and the custom fields with a value for any of them. */
export const knownVariables = (leads: readonly LeadFacts[]): ReadonlySet<string> =>
  new Set([...VARIABLE_NAMES, ...customFieldKeys(leads)])
