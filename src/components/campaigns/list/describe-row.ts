import { formatCount, formatOf } from '@/components/ui/numbers'
import { formatAgo, formatTime } from '@/components/ui/zoned-time'
import type { CampaignRow } from '../api-types'

/** The next email or run in a row: a time where there is one, and a quiet line. */
export type NextWords = { at: Date | null; text: string; note: string | null }

/** The quiet line below a campaign's name: "Three touches · 412 leads", "3 runs". */
export function rowFacts({
  sequenceName,
  leads,
  status,
  type,
  generation,
}: Pick<CampaignRow, 'sequenceName' | 'leads' | 'status' | 'type' | 'generation'>): string {
  const runs = generation && (generation.runs > 0 ? formatOf(generation.runs, 'run') : 'No run yet')
  if (type === 'lead_generation' && runs) return runs
  const sequence = sequenceName ?? (status === 'draft' ? 'No sequence yet' : 'No sequence')
  if (runs) return `${sequence} · ${runs.toLowerCase()}`
  return leads > 0 ? `${sequence} · ${formatOf(leads, 'lead')}` : sequence
}

/** "100 a source": what a run may find. */
export const capWords = (cap: number | null) => (cap === null ? '–' : formatCount(cap))

const dash = (note: string | null): NextWords => ({ at: null, text: '–', note })

/** When the next email leaves or the next run begins, or why none does. `now` null: the page is not alive yet, so nothing relative is said. */
export function nextWords(row: CampaignRow, now: Date | null): NextWords {
  const { status, timezone, ledger } = row
  const since = (word: string, at: Date | null) => {
    if (!at || !now) return at ? `${word} ${formatTime(at, timezone, 'day')}` : word
    return `${word} ${formatAgo(at, now) ?? formatTime(at, timezone, 'day', now)}`
  }
  switch (status) {
    case 'draft':
      return dash(null)
    case 'scheduled':
      return row.scheduledStartAt ? { at: row.scheduledStartAt, text: '', note: `${timezone} · starts` } : dash(null)
    case 'paused':
      return dash(since('paused', row.pausedAt))
    case 'completed':
      return dash(row.completedAt ? `ended ${formatTime(row.completedAt, timezone, 'day', now ?? undefined)}` : 'ended')
    case 'failed':
      return dash(ledger.pending > 0 ? `${formatOf(ledger.pending, 'email')} waiting` : null)
    case 'running': {
      const next = soonest(row)
      if (!next) return dash(ledger.held > 0 ? `${formatOf(ledger.held, 'email')} held` : null)
      const note = row.type === 'fully_automated' ? `${timezone} · ${next.what}` : timezone
      if (now && next.at <= now) return { at: null, text: 'Due now', note }
      return { at: next.at, text: '', note }
    }
  }
}

/** The next thing to happen: an email, or a run. */
function soonest({ nextEmailAt, generation }: CampaignRow): { at: Date; what: 'email' | 'run' } | null {
  const nextRunAt = generation?.nextRunAt ?? null
  if (nextRunAt && (!nextEmailAt || nextRunAt < nextEmailAt)) return { at: nextRunAt, what: 'run' }
  return nextEmailAt && { at: nextEmailAt, what: 'email' }
}
