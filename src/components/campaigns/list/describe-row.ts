import { formatOf } from '@/components/ui/numbers'
import { formatAgo, formatTime } from '@/components/ui/zoned-time'
import type { CampaignRow } from '../api-types'

/** What a row says of the next mail: a time where there is one, and a quiet line. */
export type NextWords = { at: Date | null; text: string; note: string | null }

/** The quiet line below a campaign's name: "Three touches · 412 leads". */
export function rowFacts({
  sequenceName,
  leads,
  status,
}: Pick<CampaignRow, 'sequenceName' | 'leads' | 'status'>): string {
  const sequence = sequenceName ?? (status === 'draft' ? 'No sequence yet' : 'No sequence')
  return leads > 0 ? `${sequence} · ${formatOf(leads, 'lead')}` : sequence
}

const dash = (note: string | null): NextWords => ({ at: null, text: '–', note })

/** When the next mail leaves, or why none does. `now` null: the page is not alive yet, so nothing relative is said. */
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
      return row.scheduledStartAt ? { at: row.scheduledStartAt, text: '', note: `starts · ${timezone}` } : dash(null)
    case 'paused':
      return dash(since('paused', row.pausedAt))
    case 'completed':
      return dash(row.completedAt ? `ended ${formatTime(row.completedAt, timezone, 'day', now ?? undefined)}` : 'ended')
    case 'failed':
      return dash(ledger.pending > 0 ? `${formatOf(ledger.pending, 'mail')} waiting` : null)
    case 'running':
      if (!row.nextMailAt) return dash(ledger.held > 0 ? `${formatOf(ledger.held, 'mail')} held` : null)
      if (now && row.nextMailAt <= now) return { at: null, text: 'Due now', note: timezone }
      return { at: row.nextMailAt, text: '', note: timezone }
  }
}
