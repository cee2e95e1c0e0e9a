'use client'

import { useState } from 'react'
import { Card, CardAct, CardHeader } from '@/components/ui/card'
import { Cell } from '@/components/ui/data/cell'
import { type Column, DataTable } from '@/components/ui/data/data-table'
import { LedgerBar } from '@/components/ui/data/ledger'
import { formatCount } from '@/components/ui/numbers'
import { TextLink } from '@/components/ui/text-link'
import type { EmailStatus } from '@/domain/campaign/progress'
import { routes } from '@/routes'
import type { Progress, StepProgress } from '../../api-types'
import { EMAIL_STATUS } from '../../status/email-status'
import { ledgerSegments, plannedTotal } from '../../status/ledger-segments'
import { spanWords } from './span-text'

const COLUMNS: readonly EmailStatus[] = ['sent', 'sending', 'pending', 'held', 'failed', 'skipped', 'cancelled']
const QUIET: ReadonlySet<EmailStatus> = new Set(['sending', 'cancelled'])

/** Steps by state, as figures or as bars; each figure opens its emails. */
export function StepsCard({ campaignId, progress }: { campaignId: string; progress: Progress }) {
  const [asChart, setAsChart] = useState(false)
  const shown = COLUMNS.filter((status) => !QUIET.has(status) || progress.ledger[status] > 0)
  return (
    <Card>
      <CardHeader
        title="Steps"
        aside={<CardAct onClick={() => setAsChart(!asChart)}>{asChart ? 'View as table' : 'View as chart'}</CardAct>}
      />
      {asChart ? (
        <StepBars steps={progress.steps} />
      ) : (
        <DataTable
          caption="Steps"
          rows={progress.steps}
          rowKey={({ stepNumber }) => String(stepNumber)}
          columns={[name, planned(progress.timezone), ...shown.map((status) => figure(campaignId, status))]}
        />
      )}
    </Card>
  )
}

const name: Column<StepProgress> = {
  key: 'step',
  header: 'Step',
  cell: ({ stepNumber, name: title }) => (
    <span className="font-medium">
      {stepNumber} {title}
    </span>
  ),
}

const planned = (zone: string): Column<StepProgress> => ({
  key: 'planned',
  header: 'Planned for',
  card: 'full',
  className: 'sm:whitespace-nowrap',
  cell: ({ firstAt, lastAt }) =>
    firstAt && lastAt ? <span title={`Days in ${zone}`}>{spanWords(firstAt, lastAt, zone)}</span> : '–',
})

const figure = (campaignId: string, status: EmailStatus): Column<StepProgress> => ({
  key: status,
  header: EMAIL_STATUS[status].label,
  card: 'third',
  cell: ({ stepNumber, ledger }) =>
    ledger[status] === 0 ? (
      <Cell zero>0</Cell>
    ) : (
      <TextLink
        href={routes.campaignEmails(campaignId, status, stepNumber)}
        className="-mx-1 inline-flex min-h-6 items-center px-1 font-normal text-ink"
        aria-label={`Step ${stepNumber}: ${formatCount(ledger[status])} ${status}`}
      >
        {formatCount(ledger[status])}
      </TextLink>
    ),
})

function StepBars({ steps }: { steps: readonly StepProgress[] }) {
  return (
    <ul aria-label="Steps" className="grid gap-3 px-[18px] pt-2 pb-4 text-control">
      {steps.map(({ stepNumber, name: title, ledger }) => (
        <li key={stepNumber}>
          <p className="mb-1 flex justify-between gap-3">
            <span className="min-w-0 truncate">
              {stepNumber} {title}
            </span>
            <span className="shrink-0 text-ink-3">
              {formatCount(ledger.sent)} of {formatCount(ledger.planned)}
            </span>
          </p>
          <LedgerBar segments={ledgerSegments(ledger)} total={plannedTotal(ledger)} />
        </li>
      ))}
    </ul>
  )
}
