'use client'

import { Cell, type Column, DataTable } from '@/components/ui/data/data-table'
import { CheckboxInput } from '@/components/ui/fields/checkbox'
import { TextLink } from '@/components/ui/text-link'
import { Time } from '@/components/ui/time'
import { routes } from '@/routes'
import type { CampaignEmail } from '../../api-types'
import { EmailStatusChip } from '../../status/email-status'
import { emailTime, emailWhy } from './email-text'

/** Only failed and held mails can be acted on. */
const canChoose = ({ status }: CampaignEmail) => status === 'failed' || status === 'held'

/** Mails as rows: to whom, how they stand and why, when, how often tried. */
export function EmailsTable({
  rows,
  zone,
  now,
  chosen,
  onChoose,
}: {
  rows: readonly CampaignEmail[]
  zone: string
  now: Date | undefined
  chosen: ReadonlyMap<string, CampaignEmail>
  onChoose: (chosen: ReadonlyMap<string, CampaignEmail>) => void
}) {
  const open = rows.filter(canChoose)
  const all = open.length > 0 && open.every(({ id }) => chosen.has(id))
  const set = (mails: readonly CampaignEmail[], on: boolean) => {
    const next = new Map(chosen)
    for (const mail of mails) {
      if (on) next.set(mail.id, mail)
      else next.delete(mail.id)
    }
    onChoose(next)
  }
  return (
    <DataTable<CampaignEmail>
      caption="Planned mails"
      rows={rows}
      rowKey={({ id }) => id}
      columns={columns(zone, now)}
      {...(open.length > 0
        ? {
            select: {
              header: (
                <CheckboxInput
                  aria-label="Choose all failed and held mails on this page"
                  checked={all}
                  indeterminate={!all && open.some(({ id }) => chosen.has(id))}
                  onChange={() => set(open, !all)}
                />
              ),
              cell: (mail) =>
                canChoose(mail) && (
                  <CheckboxInput
                    aria-label={`Choose step ${mail.stepNumber} to ${mail.leadName}`}
                    checked={chosen.has(mail.id)}
                    onChange={() => set([mail], !chosen.has(mail.id))}
                  />
                ),
            },
          }
        : {})}
    />
  )
}

const columns = (zone: string, now: Date | undefined): Column<CampaignEmail>[] => [
  {
    key: 'lead',
    header: 'Lead',
    className: 'sm:max-w-[270px]',
    cell: ({ leadId, leadName, email }) => (
      <span className="block [overflow-wrap:anywhere]">
        <Cell note={email}>
          <TextLink href={routes.lead(leadId)} className="text-ink">
            {leadName}
          </TextLink>
        </Cell>
      </span>
    ),
  },
  {
    key: 'state',
    header: 'State',
    align: 'left',
    card: 'full',
    className: 'sm:w-[33%]',
    cell: (mail) => {
      const why = emailWhy(mail, zone, now)
      return (
        <>
          <EmailStatusChip status={mail.status} />
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
    key: 'when',
    header: `When, ${zone}`,
    card: 'half',
    cell: (mail) => {
      const { at, word } = emailTime(mail)
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
