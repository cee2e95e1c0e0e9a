import type { Mailbox } from '@/db/generated/client'
import { LONGEST_WEEKS } from '@/domain/campaign/capacity'
import { capacityOf } from '@/domain/campaign/daily-capacity'
import type { Check } from '@/domain/campaign/preflight'
import { shareOut } from '@/domain/campaign/schedule'

/**
 * The check that tells how long the slowest mailbox takes where its gap leaves room for fewer emails a day than it has
 * leads, or where it would take more than ten years; null where neither is so.
 */
export function checkPace(
  mailboxes: readonly Mailbox[],
  { leads, steps }: { leads: number; steps: number },
): Check | null {
  const capacities = mailboxes.map(capacityOf)
  const shares = shareOut(
    leads,
    capacities.map(({ perDay }) => ({ dailyLimit: perDay })),
  )
  const loads = mailboxes.flatMap((mailbox, i) => {
    const { perDay, setBy } = capacities[i] ?? { perDay: null, setBy: null }
    const share = shares[i] ?? 0
    if (perDay === null || share <= perDay) return []
    const days = Math.ceil((share * steps) / perDay)
    const weeks = Math.ceil(days / new Set(mailbox.windowDays).size)
    return [{ address: mailbox.fromEmail, perDay, setBy, leads: share, steps, days, weeks }]
  })
  const slowest = loads.toSorted((a, b) => b.weeks - a.weeks)[0]
  if (!slowest) return null
  const { setBy, ...load } = slowest
  const at = { subject: 'pace', fix: { kind: 'mailboxes' }, ...load } as const
  if (load.weeks > LONGEST_WEEKS) return { ...at, kind: 'beyond_ten_years', level: 'block' }
  return setBy === 'gap' ? { ...at, kind: 'gap_sets_pace', level: 'warn' } : null
}
