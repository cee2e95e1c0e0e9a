import type { Suspect } from './answer-rules'
import { MAX_TEMPLATE_FAULTS } from './template-faults'

/** So many recipients at so many domains, refused with the same words and nobody accepted in between: it is about us. */
const ALIKE = { recipients: 5, domains: 3 } as const
/** As many recipients where fewer domains are tried. */
const ALIKE_AT_FEWER_DOMAINS = 10

/** An email of a mailbox that its server has refused or put off since it last accepted. */
export type RefusedEmail = {
  scheduledEmailId: string
  /** The claim whose attempt it was. */
  claim: number
  leadId: string
  campaignId: string
  domain: string
  /** What the refusal may be about beside the recipient. */
  suspect: Suspect
  /** The refusal without addresses, ids and numbers; null for an email that was put back. */
  words: string | null
  putBacks: number
  /** Another email was accepted since it was put back; one of another campaign, since it was refused for its content. */
  othersPassed: boolean
  /** Given back when its campaign was paused: it counts no more for that campaign, and still against the mailbox. */
  returned: boolean
}

/** What a row of refusals is about: the mailbox, or the emails of one campaign. */
export type Culprit = { suspect: Suspect; words: string; campaignId: string | null }

type Found = { culprit: Culprit; emails: RefusedEmail[] }

/**
 * Finds who is at fault for the refusals: at most one culprit for the same words, or one for each campaign, with the emails
 * that it is to blame for. Contents that are refused for several campaigns, and none accepted in between, are the mailbox's
 * trouble; else their campaign's, since others pass or none tries.
 */
export function findCulprits(streak: readonly RefusedEmail[]): Found[] {
  const groups = Map.groupBy(streak.filter(isRefused), ({ suspect, words }) => `${suspect} ${words}`)
  return [...groups.values()].flatMap((group): Found[] => {
    const [first] = group
    if (!first) return []
    const { suspect, words } = first
    const isOurs = suspect === 'mailbox' ? isEverybody(group) : suspect === 'content' && isSeveralCampaigns(group)
    if (isOurs) return [{ culprit: { suspect, words, campaignId: null }, emails: group }]
    if (suspect === 'mailbox') return []
    const counting = group.filter(({ returned }) => !returned)
    return [...Map.groupBy(counting, ({ campaignId }) => campaignId)]
      .filter(([, own]) => countOf(own, 'leadId') >= MAX_TEMPLATE_FAULTS)
      .map(([campaignId, own]) => ({ culprit: { suspect, words, campaignId }, emails: own }))
  })
}

const isRefused = (email: RefusedEmail): email is RefusedEmail & { words: string } => email.words !== null

const countOf = (emails: readonly RefusedEmail[], field: 'leadId' | 'domain' | 'campaignId') =>
  new Set(emails.map((email) => email[field])).size

function isEverybody(group: readonly RefusedEmail[]): boolean {
  const enough = countOf(group, 'domain') >= ALIKE.domains ? ALIKE.recipients : ALIKE_AT_FEWER_DOMAINS
  return countOf(group, 'leadId') >= enough
}

function isSeveralCampaigns(group: readonly RefusedEmail[]): boolean {
  const inARow = group.filter(({ othersPassed }) => !othersPassed)
  return countOf(inARow, 'leadId') >= MAX_TEMPLATE_FAULTS && countOf(inARow, 'campaignId') > 1
}
