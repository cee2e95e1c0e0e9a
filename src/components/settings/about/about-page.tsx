'use client'

import { CircleCheck, CircleX, type LucideIcon, TriangleAlert } from 'lucide-react'
import { useZone } from '@/components/hooks/use-zone'
import { type Health, useHealth } from '@/components/shell/health'
import { Card, CardHeader } from '@/components/ui/card'
import { Chip } from '@/components/ui/chip'
import { useNow } from '@/components/ui/clock'
import { type Definition, DefinitionList } from '@/components/ui/data/definition-list'
import { ErrorState } from '@/components/ui/error-state'
import { Split } from '@/components/ui/layout'
import { formatCount, formatOf } from '@/components/ui/numbers'
import { SkeletonRows } from '@/components/ui/skeleton'
import { formatTime } from '@/components/ui/zoned-time'
import { PlainWords } from './about-text'

/** The installation: version, health, and the meaning of its words. */
export function AboutPage({ version }: { version: string }) {
  const { data: health, error } = useHealth({ everyMs: 10_000 })
  const zone = useZone()
  const now = useNow(1_000)
  return (
    <Split
      wide
      asideLabel="This installation"
      aside={
        <Card>
          <CardHeader title="This installation" />
          {error && !health ? (
            <ErrorState
              title="The server does not answer."
              untouched="What is planned stays planned."
              className="m-4 mt-2"
            />
          ) : health ? (
            <DefinitionList
              ruled
              className="pt-1"
              items={[...mainFacts(health, version, zone, now), ...parts(health)]}
            />
          ) : (
            <SkeletonRows rows={4} label="Loading" />
          )}
        </Card>
      }
    >
      <PlainWords />
    </Split>
  )
}

function mainFacts(health: Health, version: string, zone: string, now: Date | null): Definition[] {
  return [
    { term: 'Version', value: version },
    {
      term: 'Mode',
      value: health.mode === 'sandbox' ? 'Sandbox' : 'Live',
      note:
        health.mode === 'sandbox'
          ? 'Mailboxes without a server of their own deliver to the sandbox here.'
          : 'Emails go to real mail servers.',
    },
    {
      term: 'Clock',
      value: now ? `${formatTime(now, zone, 'day')} ${formatTime(now, zone, 'seconds')}` : '–',
      note: health.clock.simulated ? `${zone}, simulated: one real second is ${formatCount(health.clock.speed)}` : zone,
    },
  ]
}

function parts(health: Health): Definition[] {
  return [
    {
      term: 'Worker',
      value: health.worker.ok ? (
        <State icon={CircleCheck} tone="sent">
          Alive
        </State>
      ) : (
        <State icon={CircleX} tone="failed">
          None alive
        </State>
      ),
      note: health.worker.ok
        ? formatOf(health.worker.workers, 'worker')
        : 'Nothing is sent until one runs. What is planned stays planned.',
    },
    {
      term: 'Queue',
      value: health.queue.ok ? (
        <State icon={CircleCheck} tone="sent">
          Working
        </State>
      ) : (
        <State icon={TriangleAlert} tone="held">
          Not readable
        </State>
      ),
      note:
        `${formatCount(health.queue.waiting)} waiting, ${formatCount(health.queue.active)} under way` +
        (health.queue.failing > 0 ? `, ${formatCount(health.queue.failing)} failing and tried again` : ''),
    },
    {
      term: 'Database',
      value: health.database.ok ? (
        <State icon={CircleCheck} tone="sent">
          Answers
        </State>
      ) : (
        <State icon={CircleX} tone="failed">
          Does not answer
        </State>
      ),
    },
  ]
}

function State({ icon, tone, children }: { icon: LucideIcon; tone: 'sent' | 'held' | 'failed'; children: string }) {
  return (
    <Chip icon={icon} tone={tone}>
      {children}
    </Chip>
  )
}
