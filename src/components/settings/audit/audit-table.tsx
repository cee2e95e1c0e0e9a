'use client'

import { CircleCheck, CircleHelp, CircleSlash, CircleX } from 'lucide-react'
import { deviceWords } from '@/components/account/device-words'
import { shownColumns } from '@/components/lists/columns/list-columns'
import { Chip } from '@/components/ui/chip'
import { Cell } from '@/components/ui/data/cell'
import { type Column, DataTable } from '@/components/ui/data/data-table'
import { Time } from '@/components/ui/time'
import { ACTS } from '@/domain/audit/acts'
import type { ApiOutputs } from '@/trpc/react'
import { AUDIT_COLUMNS } from './audit-columns'
import { detailWords } from './detail-words'

type Entry = ApiOutputs['audit']['list']['rows'][number]

/** The lines of the audit log, with the columns that are chosen. */
export function AuditTable({
  rows,
  zone,
  columns,
}: {
  rows: readonly Entry[]
  zone: string
  columns: readonly string[]
}) {
  return (
    <DataTable
      isList
      caption="Audit log"
      columns={shownColumns(AUDIT_COLUMNS, allColumns(zone), columns)}
      rows={rows}
      rowKey={({ id }) => id}
    />
  )
}

const OUTCOMES = {
  done: { tone: 'sent', icon: CircleCheck, word: 'Done' },
  refused: { tone: 'held', icon: CircleSlash, word: 'Refused' },
  failed: { tone: 'failed', icon: CircleX, word: 'Failed' },
  begun: { tone: 'neutral', icon: CircleHelp, word: 'End unknown' },
} as const

const allColumns = (zone: string): Column<Entry>[] => [
  {
    key: 'act',
    header: 'What',
    cell: ({ act, subject, details }) => (
      <Cell note={detailWords(details) || null}>
        <span className="[overflow-wrap:anywhere]">
          {ACTS[act]?.words ?? act}
          {subject && <span className="font-medium"> {subject}</span>}
        </span>
      </Cell>
    ),
  },
  {
    key: 'who',
    header: 'Who',
    align: 'left',
    card: 'full',
    cell: ({ actorName, actorId, ipAddress, userAgent }) => (
      <Cell note={[ipAddress, userAgent && deviceWords(userAgent)].filter(Boolean).join(' · ') || null}>
        <span className="[overflow-wrap:anywhere]">
          {actorName ?? 'Somebody'}
          {!actorId && actorName && <span className="text-ink-3"> (as typed)</span>}
        </span>
      </Cell>
    ),
  },
  {
    key: 'outcome',
    header: 'Outcome',
    align: 'left',
    cell: ({ outcome }) => {
      const { tone, icon, word } = OUTCOMES[outcome]
      return (
        <Chip tone={tone} icon={icon}>
          {word}
        </Chip>
      )
    },
  },
  {
    key: 'at',
    header: `When (${zone})`,
    cell: ({ at }) => <Time at={at} zone={zone} zoneSaid className="whitespace-nowrap" />,
  },
]
