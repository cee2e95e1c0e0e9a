'use client'

import { useQuery } from '@tanstack/react-query'
import { formatOf } from '@/components/ui/numbers'

/** What `GET /api/health` answers, as far as the shell shows it. */
export type Health = {
  status: 'ok' | 'degraded'
  database: { ok: boolean }
  worker: { ok: boolean; seenAt: string | null; workers: number }
  queue: { ok: boolean; waiting: number; active: number }
  mailboxes: { id: string; name: string; kind?: string; health: string }[]
  mode: 'sandbox' | 'live'
  clock: { now: string; simulated: boolean; speed: number }
}

/** Asked every 10 s while the page is seen. A degraded answer is an answer, whatever its status code. */
export function useHealth() {
  return useQuery({
    queryKey: ['health'],
    queryFn: async ({ signal }): Promise<Health> => {
      const response = await fetch('/api/health', { signal, cache: 'no-store' })
      const body: unknown = await response.json()
      if (typeof body !== 'object' || body === null || !('mode' in body)) throw new Error('no health')
      return body as Health
    },
    refetchInterval: 10_000,
    retry: false,
  })
}

/** The sentences of the box at the foot of the navigation: the fact first, what is wrong before what is right. */
export function describeHealth(health: Health) {
  // A mailbox with a server of its own sends for real, also from a sandbox.
  const own = health.mailboxes.filter(({ kind }) => kind === 'smtp').length
  const where =
    health.mode === 'live'
      ? 'Mail goes out.'
      : own > 0
        ? `Mail from ${formatOf(own, 'mailbox', 'mailboxes')} goes out, all other mail stays on this machine.`
        : 'Mail stays on this machine.'
  const down = health.mailboxes.filter((mailbox) => mailbox.health !== 'ready')
  const troubles = [
    ...(health.database.ok ? [] : ['The database does not answer.']),
    ...(health.worker.ok ? [] : ['No worker is alive: nothing is sent.']),
    ...(down.length > 0
      ? [`${down.length} of ${formatOf(health.mailboxes.length, 'mailbox', 'mailboxes')} not ready.`]
      : []),
  ]
  const boxes = health.mailboxes.length
  const well =
    boxes === 0 ? 'Worker alive, no mailbox yet.' : `Worker alive, ${formatOf(boxes, 'mailbox', 'mailboxes')} ready.`
  return {
    name: health.mode === 'sandbox' ? 'Sandbox' : 'Live',
    tone:
      !health.database.ok || !health.worker.ok
        ? ('failed' as const)
        : down.length > 0
          ? ('held' as const)
          : ('sent' as const),
    text: `${where} ${troubles.length > 0 ? troubles.join(' ') : well}`,
    troubles,
  }
}
