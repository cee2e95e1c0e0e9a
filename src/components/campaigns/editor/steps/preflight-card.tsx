'use client'

import { Card, CardHeader } from '@/components/ui/card'
import { PreflightList } from '@/components/ui/data/preflight-list'
import { ErrorState } from '@/components/ui/error-state'
import { SkeletonRows } from '@/components/ui/skeleton'
import { TextLink } from '@/components/ui/text-link'
import { describeCheck, summarizeChecks } from '@/domain/campaign/preflight-text'
import { routes } from '@/routes'
import { messageOf } from '@/trpc/react'
import type { Preflight } from '../../api-types'
import { fixLink } from './preflight-links'

const STATES = { ok: 'ok', warn: 'warning', block: 'blocker' } as const
const RANK = { block: 0, warn: 1, ok: 2 } as const

/** The checks before a start: blockers first, each line with a way to fix it. */
export function PreflightCard({
  campaignId,
  preflight,
  error,
  keepStart,
}: {
  campaignId: string
  preflight: Preflight | undefined
  error: unknown
  /** Keeps the chosen start in addresses of this draft. */
  keepStart: (href: string) => string
}) {
  return (
    <Card aria-labelledby="preflight">
      <CardHeader id="preflight" title="Before you start" aside={preflight && summarizeChecks(preflight.checks)} />
      {error && !preflight ? (
        <ErrorState title={messageOf(error)} className="m-4" />
      ) : !preflight ? (
        <SkeletonRows rows={5} label="Checking" />
      ) : (
        <PreflightList
          items={[...preflight.checks]
            .sort((a, b) => RANK[a.level] - RANK[b.level])
            .map((check) => {
              const { title, detail } = describeCheck(check)
              const link = fixLink(check, campaignId, keepStart(routes.editCampaign(campaignId, { step: 'review' })))
              return {
                key: `${check.subject} ${title}`,
                state: STATES[check.level],
                title,
                detail,
                action: link && <TextLink href={keepStart(link.href)}>{link.label}</TextLink>,
              }
            })}
        />
      )}
    </Card>
  )
}
