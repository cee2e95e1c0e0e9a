'use client'

import { Card, CardHeader } from '@/components/ui/card'
import { PreflightList } from '@/components/ui/data/preflight-list'
import { ErrorState } from '@/components/ui/error-state'
import { SkeletonRows } from '@/components/ui/skeleton'
import { TextLink } from '@/components/ui/text-link'
import { messageOf } from '@/trpc/react'
import type { Preflight } from '../../api-types'

const STATES = { ok: 'ok', warn: 'warning', block: 'blocker' } as const
const RANK = { block: 0, warn: 1, ok: 2 } as const

/** What is checked before a start: what stands in the way first, each line with a way to mend it. */
export function PreflightCard({
  preflight,
  error,
  keepStart,
}: {
  preflight: Preflight | undefined
  error: unknown
  /** Keeps the chosen start in addresses of this draft. */
  keepStart: (href: string) => string
}) {
  const blockers = preflight?.checks.filter(({ level }) => level === 'block').length ?? 0
  return (
    <Card aria-labelledby="preflight">
      <CardHeader
        id="preflight"
        title="Before you start"
        aside={preflight && (blockers > 0 ? `${blockers} to mend` : 'all clear')}
      />
      {error && !preflight ? (
        <ErrorState title={messageOf(error)} className="m-4" />
      ) : !preflight ? (
        <SkeletonRows rows={5} label="Checking" />
      ) : (
        <PreflightList
          items={[...preflight.checks]
            .sort((a, b) => RANK[a.level] - RANK[b.level])
            .map(({ key, level, title, detail, fix }) => ({
              key: `${key} ${title}`,
              state: STATES[level],
              title,
              detail,
              action: fix && <TextLink href={keepStart(fix.href)}>{fix.label}</TextLink>,
            }))}
        />
      )}
    </Card>
  )
}
