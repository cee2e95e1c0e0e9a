import { limitsOf, put } from '../book'
import type { Email, Model } from '../state'
import { act, schedule } from './campaigns'

// A backup is restored that was made just now: what may have left since is not known.

export function restore(m: Model): boolean {
  for (const c of m.campaigns.values()) if (!act('pause', m, c)) schedule(m, c, null)
  for (const email of m.emails) {
    const { status, due, since, lead, claim } = email
    if (status !== 'sending' && !(status === 'pending' && due <= m.now)) continue
    put(m, email, {
      status: 'held',
      reason: 'restored',
      heldAt: m.now,
      wait: null,
      ...(status === 'sending' ? { since } : { since: due, claim: claim + 1 }),
    })
    // What was on the wire has its place already, and went to the address that it has.
    if (status === 'pending')
      m.claims.push({ email, token: claim + 1, to: lead.email, days: daysOf(email, m.now), counts: true })
  }
  m.restored = { at: m.now, isOpen: true }
  return true
}

/** The days of today against whose limits an email counts that was due on them. */
const daysOf = (email: Email, now: number) => {
  const then = limitsOf(email, email.due).map(({ day }) => day)
  return limitsOf(email, now).flatMap(({ day }) => (then.includes(day) ? [day] : []))
}

export function acceptRestore(m: Model): boolean {
  if (m.restored) m.restored.isOpen = false
  return true
}
