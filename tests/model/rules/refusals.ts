import { isOut, put } from '../book'
import type { Batch, Campaign, Culprit, Email, Judged, Lead, Model, Refused, Suspect, Verdict } from '../state'
import { act } from './campaigns'
import { isHeldBack, skipIfEnded } from './held-back'
import { isSent, reopenAfter } from './outcomes'

/** What may not be the recipient's fault: what it may be about, and the words that are alike. */
const SUSPECTED: Partial<Record<Verdict, { suspect: Suspect; words: string }>> = {
  later: { suspect: 'mailbox', words: 'later' },
  alike: { suspect: 'mailbox', words: 'alike' },
  content: { suspect: 'content', words: 'content' },
  // Sizes are told in many ways, and all say the same.
  too_big: { suspect: 'size', words: 'size' },
}
/** Recipients that are refused alike. */
const [OF_MAILBOX, OF_CAMPAIGN, MAX_PUT_BACKS] = [5, 3, 10]

type Group = [Email, Refused][]
type Blamed = { culprit: Culprit; reason: string; giveBack: Group }

/**
 * Judges a batch beside what the server refused since it last accepted: words that nobody knows, to so many recipients, are about
 * the mailbox; contents and sizes are about their campaign, contents of several campaigns about the mailbox; who is put off
 * while others pass has a server that never takes it. Answers what follows the record.
 */
export function settle(m: Model, { box, emails, memory }: Batch): (isBeyond: (email: Email) => boolean) => void {
  const { refused, culprits } = memory
  const before = new Map(refused)
  const passed = new Set(emails.filter(isSent).map(({ email }) => email.campaign))
  if (passed.size > 0) forget(refused, passed)
  for (const { email } of emails.filter(isSent)) refused.delete(email)
  for (const answer of emails)
    if (answer.verdict === 'slow_down') putOff(refused, answer)
    else suspect(refused, culprits, answer, passed)
  const blamed = blame(refused, emails)
  const known = culprits.filter(({ campaign }) => campaign === null || !passed.has(campaign))
  memory.culprits = [...known, ...blamed.map(({ culprit }) => culprit)]
  const after = new Map(refused)
  return (isBeyond) => {
    for (const { giveBack, ...each } of blamed)
      clear(m, box, { ...each, giveBack: giveBack.filter(([email]) => !isBeyond(email)) })
    for (const [email, entry] of after) if (before.get(email) !== entry) box.refused.set(email, entry)
    for (const email of before.keys()) if (!after.has(email)) box.refused.delete(email)
  }
}

/** An email that is accepted clears the mailbox, and the content of its campaign. */
function forget(refused: Map<Email, Refused>, passed: ReadonlySet<Campaign>): void {
  for (const [email, entry] of refused) {
    const isCleared = entry.suspect === 'mailbox' || entry.returned || passed.has(email.campaign)
    if (entry.words !== null && isCleared) refused.delete(email)
    else if (!entry.othersPassed) refused.set(email, { ...entry, othersPassed: true })
  }
}

const FRESH = { putBacks: 0, othersPassed: false, returned: false }

function putOff(refused: Map<Email, Refused>, answer: Judged): void {
  const { email, token } = answer
  const entry = refused.get(email)
  const known = entry?.words === null ? entry : FRESH
  const putBacks = known.putBacks + Number(known.othersPassed)
  if (putBacks < MAX_PUT_BACKS) refused.set(email, { ...FRESH, token, suspect: 'mailbox', words: null, putBacks })
  else {
    refused.delete(email)
    answer.means = 'retry'
  }
}

/** What is known to be somebody's fault is judged at once; what was accepted beside is nobody's but the recipient's. */
function suspect(
  refused: Map<Email, Refused>,
  culprits: readonly Culprit[],
  answer: Judged,
  passed: ReadonlySet<Campaign>,
): void {
  const { email, token, verdict } = answer
  if (refused.get(email)?.words) refused.delete(email)
  const about = SUSPECTED[verdict]
  if (!about) return
  const isKnown = ({ campaign, words }: Culprit) =>
    words === about.words && (campaign === null || campaign === email.campaign)
  const culprit = culprits.find(isKnown)
  if (culprit) accuse(culprit, answer)
  else if (about.suspect === 'mailbox' ? passed.size === 0 : !passed.has(email.campaign))
    refused.set(email, { ...FRESH, ...about, token, othersPassed: passed.size > 0 })
}

const leadsOf = (group: Group) => new Set(group.map(([{ lead }]): Lead => lead)).size

/** Those to blame for refusals with the same words: the mailbox, or campaigns. */
function culpritsOf(group: Group, about: { suspect: Suspect; words: string }): [Culprit, Group][] {
  const inARow = group.filter(([, { othersPassed }]) => !othersPassed)
  const isMailbox = {
    mailbox: leadsOf(group) >= OF_MAILBOX,
    content: leadsOf(inARow) >= OF_CAMPAIGN && new Set(inARow.map(([{ campaign }]) => campaign)).size > 1,
    size: false,
  }
  if (isMailbox[about.suspect]) return [[{ ...about, campaign: null }, group]]
  if (about.suspect === 'mailbox') return []
  const counting = group.filter(([, { returned }]) => !returned)
  return [...Map.groupBy(counting, ([{ campaign }]) => campaign)]
    .filter(([, own]) => leadsOf(own) >= OF_CAMPAIGN)
    .map(([campaign, own]) => [{ ...about, campaign }, own])
}

function blame(refused: Map<Email, Refused>, answers: readonly Judged[]): Blamed[] {
  return Object.values(SUSPECTED).flatMap((about) => {
    const group = [...refused].filter(([, { words }]) => words === about.words)
    return culpritsOf(group, about).flatMap(([culprit, emails]) => {
      const own = answers.filter(({ email }) => emails.some(([one]) => one === email))
      for (const answer of own) accuse(culprit, answer)
      const reason = own.at(-1)?.reason
      if (reason === undefined) return []
      for (const [email, entry] of emails)
        if (culprit.campaign && culprit.suspect === 'content') refused.set(email, { ...entry, returned: true })
        else refused.delete(email)
      const isOwn = (one: Email) => own.some(({ email }) => email === one)
      return [{ culprit, reason, giveBack: emails.filter(([email, { returned }]) => !returned && !isOwn(email)) }]
    })
  })
}

/** Of the mailbox, what is refused for now passes by itself; what is refused for good waits for a person. */
function accuse({ campaign }: Culprit, answer: Judged): void {
  const { verdict } = answer
  if (campaign) answer.means = 'template'
  else Object.assign(answer, { means: verdict === 'later' ? 'cool_down' : 'stop', reason: `ours ${verdict}` })
}

/** What was refused before comes back; the campaign at fault is paused, and what other servers refused so of it comes back, too. */
function clear(m: Model, box: Batch['box'], { culprit, reason, giveBack }: Blamed): void {
  const { campaign, words } = culprit
  for (const [email, entry] of campaign ? [] : giveBack) comeBack(m, email, entry, reason)
  if (!campaign) return
  act('pause', m, campaign)
  const isSame = ([email, entry]: Group[0]) => email.campaign === campaign && entry.words === words && !entry.returned
  for (const other of m.boxes.filter((one) => one !== box))
    for (const [email, entry] of [...other.refused].filter(isSame)) {
      other.refused.delete(email)
      comeBack(m, email, entry, reason)
    }
  for (const [email, entry] of giveBack) comeBack(m, email, entry, reason)
}

/** The email is planned as before that attempt, and what was skipped because of it; it has failed, or is to be tried again. */
function comeBack(m: Model, email: Email, { token, suspect: of }: Refused, reason: string): void {
  const isIts = email.claim === token && m.emails.includes(email)
  if (!isIts || !(email.status === 'failed' || (email.status === 'pending' && of === 'mailbox'))) return
  const [status, wait] =
    email.campaign.stopped || isOut(email) ? (['cancelled', null] as const) : (['pending', reason] as const)
  if (email.status === 'failed' && isHeldBack(m, email)) return
  // What one that has ended by itself has left, a person can try again.
  if (email.campaign.status === 'completed' && !email.campaign.stopped) return
  const hadFailed = email.status === 'failed'
  const later = hadFailed ? reopenAfter(m, email, status) : []
  put(m, email, { status, reason: null, tries: Math.max(0, email.tries - 1), wait })
  if (hadFailed) for (const one of [email, ...later]) skipIfEnded(m, one)
}
