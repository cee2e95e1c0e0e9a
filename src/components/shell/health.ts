'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useLive } from '@/components/hooks/use-live'
import { formatOf } from '@/components/ui/numbers'
import { formatAgo } from '@/components/ui/zoned-time'
import type { Health as HealthFacts } from '@/use-cases/maintenance/get-health'

type Serialized<Value> = Value extends Date
  ? string
  : Value extends object
    ? { [Key in keyof Value]: Serialized<Value[Key]> }
    : Value

/** The answer of `GET /api/health`, as it comes over the wire. */
export type Health = Serialized<HealthFacts>

const QUERY_KEY = ['health']
const EVERY_MS = 10_000
// What time alone changes: a simulated clock.
const TOLD_EVERY_MS = 30_000

/**
 * The health of the installation, as the frame of the page keeps it (`useFreshHealth`). A degraded answer is an answer, whatever its
 * status code. `everyMs`: how often it is read for what nobody is told of, such as the queue.
 */
export function useHealth({ everyMs }: { everyMs?: number } = {}) {
  return useQuery({
    queryKey: QUERY_KEY,
    queryFn: async ({ signal }): Promise<Health> => {
      const response = await fetch('/api/health', { signal, cache: 'no-store' })
      const body: unknown = await response.json()
      if (typeof body !== 'object' || body === null || !('mode' in body)) throw new Error('no health')
      return body as Health
    },
    refetchInterval: everyMs ?? false,
    retry: false,
  })
}

/** The same, read anew when something of it has changed; every 10 s while the page is visible where nobody tells it (`isTold`). */
export function useFreshHealth() {
  const client = useQueryClient()
  const isTold = useLive('health', () => void client.invalidateQueries({ queryKey: QUERY_KEY })) === 'live'
  const { data, isError, dataUpdatedAt, refetch } = useHealth({ everyMs: isTold ? TOLD_EVERY_MS : EVERY_MS })
  const wasTold = useRef(isTold)
  useEffect(() => {
    // A stream that falls silent may be the first sign of trouble.
    if (wasTold.current && !isTold) void refetch()
    wasTold.current = isTold
  }, [isTold, refetch])
  return { data, isError, dataUpdatedAt, isTold }
}

const DATABASE_WORDS = {
  away: 'The database does not answer.',
  read_only: 'The database takes no changes: it is set to read alone.',
  disk_full: 'The disk of the database is full. Free some space; sending goes on by itself.',
} as const

/** The sentences of the box at the foot of the navigation: the fact first, what is wrong before what is right. */
export function describeHealth(health: Health) {
  // A mailbox with a server of its own sends for real, also from a sandbox.
  const own = health.mailboxes.filter(({ kind }) => kind === 'smtp').length
  const where =
    health.mode === 'live'
      ? 'Emails go out.'
      : own > 0
        ? `Emails from ${formatOf(own, 'mailbox', 'mailboxes')} go out, all others stay on this machine.`
        : 'Emails stay on this machine.'
  const down = health.mailboxes.filter((mailbox) => mailbox.health !== 'ready')
  const untested = health.mailboxes.filter((mailbox) => mailbox.health === 'ready' && !mailbox.tested)
  const boxes = health.mailboxes.length
  const troubles = [
    ...(health.database.ok ? [] : [DATABASE_WORDS[health.database.trouble ?? 'away']]),
    ...(health.worker.ok ? [] : ['No worker is alive: npm start. Nothing is sent until then.']),
    ...(health.clock.notices ?? []),
    ...(down.length > 0
      ? [`${down.length} of ${formatOf(health.mailboxes.length, 'mailbox', 'mailboxes')} not ready.`]
      : []),
    ...(untested.length > 0
      ? [`${untested.length} of ${formatOf(boxes, 'mailbox', 'mailboxes')} not tested yet.`]
      : []),
  ]
  const well =
    boxes === 0 ? 'Worker alive, no mailbox yet.' : `Worker alive, ${formatOf(boxes, 'mailbox', 'mailboxes')} ready.`
  return {
    name: health.mode === 'sandbox' ? 'Sandbox' : 'Live',
    tone:
      !health.database.ok || !health.worker.ok
        ? ('failed' as const)
        : down.length + untested.length + (health.clock.notices ?? []).length > 0
          ? ('held' as const)
          : ('sent' as const),
    text: `${where} ${troubles.length > 0 ? troubles.join(' ') : well}`,
    troubles,
  }
}

type Described = Pick<ReturnType<typeof describeHealth>, 'name' | 'text'> & { tone: 'sent' | 'held' | 'failed' }

/**
 * The same, as old as it is: an answer that has not been renewed, though two were due, says its age instead of being well. `isTold`: it
 * was looked at since, and found unchanged.
 */
export function agedHealth(
  described: Described,
  { updatedAt, now, isTold }: { updatedAt: number; now: number; isTold: boolean },
): Described {
  if (isTold || now - updatedAt < EVERY_MS * 2 + 2_000) return described
  const tone = described.tone === 'failed' ? 'failed' : 'held'
  return { ...described, tone, text: `As of ${formatAgo(updatedAt, new Date(now)) ?? 'long ago'}: ${described.text}` }
}
