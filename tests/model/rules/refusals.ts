import { put } from '../book'
import type { Batch, Email, Judged, Model } from '../state'
import { isSent, reopenAfter } from './outcomes'

const UNLISTED = ['later', 'alike']
const [ALIKE, MAX_PUT_BACKS] = [5, 10]

/**
 * Judges a batch beside what the server refused since it last accepted: words that nobody knows, to so many recipients, are about
 * the mailbox; who is put off while others pass has a server that never takes it. Answers what follows the record.
 */
export function settle(m: Model, { box, emails, memory: { refused, ours } }: Batch): () => void {
  const before = new Map(refused)
  const others = emails.some(isSent)
  for (const [email, entry] of others ? before : [])
    if (entry.words !== null || emails.some((e) => e.email === email && isSent(e))) refused.delete(email)
    else if (!entry.othersPassed) refused.set(email, { ...entry, othersPassed: true })
  for (const answer of emails) {
    const { email, token, verdict } = answer
    const known = refused.get(email)
    const putBacks = (known?.putBacks ?? 0) + Number(known?.othersPassed ?? false)
    if (verdict === 'slow_down' && putBacks >= MAX_PUT_BACKS) {
      refused.delete(email)
      answer.means = 'retry'
    } else if (verdict === 'slow_down') refused.set(email, { token, words: null, putBacks, othersPassed: false })
    else if (UNLISTED.includes(verdict) && ours.has(verdict)) blame(answer)
    else if (UNLISTED.includes(verdict) && !others)
      refused.set(email, { token, words: verdict, putBacks: 0, othersPassed: false })
  }
  const groups = UNLISTED.map((words) => [...refused].filter(([, entry]) => entry.words === words))
  const alike = groups.find((group) => new Set(group.map(([{ lead }]) => lead)).size >= ALIKE) ?? []
  for (const [email, { words }] of alike) {
    refused.delete(email)
    ours.add(words ?? '')
    for (const answer of emails) if (answer.email === email) blame(answer)
  }
  return () => {
    for (const [email, entry] of refused) if (before.get(email) !== entry) box.refused.set(email, entry)
    for (const email of before.keys()) if (!refused.has(email)) box.refused.delete(email)
    for (const [email, { token, words }] of alike)
      if (emails.every((answer) => answer.email !== email)) giveBack(m, email, token, `ours ${words}`)
  }
}

/** What is refused for now passes by itself; what is refused for good waits for a person. */
const blame = (answer: Judged) =>
  Object.assign(answer, { means: answer.verdict === 'later' ? 'cool_down' : 'stop', reason: `ours ${answer.verdict}` })

/** The email is planned as before that attempt, and what was skipped because of it. */
function giveBack(m: Model, email: Email, token: number, reason: string): void {
  if (email.claim !== token || (email.status !== 'failed' && email.status !== 'pending')) return
  const [status, wait] =
    email.campaign.status === 'completed' ? (['cancelled', null] as const) : (['pending', reason] as const)
  if (email.status === 'failed') reopenAfter(m, email, status)
  put(m, email, { status, reason: null, tries: Math.max(0, email.tries - 1), wait })
}
