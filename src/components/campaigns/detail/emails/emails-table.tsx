'use client'

import { shownColumns } from '@/components/lists/columns/list-columns'
import { useMayWrite } from '@/components/shell/user'
import { Cell } from '@/components/ui/data/cell'
import { type Column, DataTable } from '@/components/ui/data/data-table'
import { CheckboxInput } from '@/components/ui/fields/checkbox'
import { Time } from '@/components/ui/time'
import type { CampaignEmail } from '../../api-types'
import { EmailStatusChip } from '../../status/email-status'
import { EMAIL_COLUMNS } from './email-columns'
import { emailTime, emailWhy } from './email-text'

/** Only failed and held emails can be acted on. */
const canChoose = ({ status }: CampaignEmail) => status === 'failed' || status === 'held'

/** Emails as rows, each of which opens its text: to whom, how they stand and why, when, how often tried. */
export function EmailsTable({
  rows,
  zone,
  now,
  hrefOf,
  chosen,
  onToggle,
  columns,
}: {
  rows: readonly CampaignEmail[]
  zone: string
  now: Date | undefined
  /** Where an email can be read. */
  hrefOf: (id: string) => string
  chosen: ReadonlyMap<string, CampaignEmail>
  onToggle: (emails: readonly CampaignEmail[], on: boolean) => void
  /** Those that are chosen, beside the lead. */
  columns: readonly string[]
}) {
  const mayWrite = useMayWrite()
  const open = mayWrite ? rows.filter(canChoose) : []
  const all = open.length > 0 && open.every(({ id }) => chosen.has(id))
  return (
    <DataTable<CampaignEmail>
      caption="Planned emails"
      rows={rows}
      rowKey={({ id }) => id}
      rowHref={({ id }) => hrefOf(id)}
      columns={shownColumns(EMAIL_COLUMNS, allColumns(zone, now), columns)}
      {...(open.length > 0
        ? {
            select: {
              header: (
                <CheckboxInput
                  aria-label="Choose all failed and held emails on this page"
                  checked={all}
                  indeterminate={!all && open.some(({ id }) => chosen.has(id))}
                  onChange={() => onToggle(open, !all)}
                />
              ),
              cell: (email) =>
                canChoose(email) && (
                  <CheckboxInput
                    aria-label={`Choose step ${email.stepNumber} to ${email.leadName}`}
                    checked={chosen.has(email.id)}
                    onChange={() => onToggle([email], !chosen.has(email.id))}
                  />
                ),
            },
          }
        : {})}
    />
  )
}

const allColumns = (zone: string, now: Date | undefined): Column<CampaignEmail>[] => [
  {
    key: 'lead',
    header: 'Lead',
    className: 'sm:max-w-[270px]',
    cell: ({ leadName, email }) => (
      <span className="block [overflow-wrap:anywhere]">
        <Cell note={email}>{leadName}</Cell>
      </span>
    ),
  },
  {
    key: 'state',
    header: 'State',
    align: 'left',
    card: 'full',
    className: 'sm:w-[33%]',
    cell: (email) => {
      const why = emailWhy(email, zone, now)
      return (
        <>
          <EmailStatusChip status={email.status} />
          {why && <span className="mt-0.5 block text-caption text-ink-3 [overflow-wrap:anywhere]">{why}</span>}
        </>
      )
    },
  },
  {
    key: 'step',
    header: 'Step',
    align: 'left',
    cell: ({ stepNumber, templateName, mailbox }) => (
      <Cell note={<span title={`From ${mailbox}`}>{templateName}</span>}>Step {stepNumber}</Cell>
    ),
  },
  {
    key: 'mailbox',
    header: 'From',
    align: 'left',
    cell: ({ mailbox }) => <span className="[overflow-wrap:anywhere]">{mailbox}</span>,
  },
  {
    key: 'when',
    header: `When, ${zone}`,
    card: 'half',
    cell: (email) => {
      const { at, word } = emailTime(email)
      return (
        <Cell note={word}>
          <Time at={at} zone={zone} zoneSaid className="whitespace-nowrap" />
        </Cell>
      )
    },
  },
  {
    key: 'attempts',
    header: 'Failed attempts',
    card: 'half',
    cell: ({ retryCount }) => <Cell zero={retryCount === 0}>{retryCount}</Cell>,
  },
]
