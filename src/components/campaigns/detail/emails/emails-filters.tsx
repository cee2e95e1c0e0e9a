'use client'

import type { ColumnChoice } from '@/components/lists/columns/use-list-columns'
import { ExportLink } from '@/components/lists/export-link'
import { ListTools } from '@/components/lists/list-tools'
import { FilterChips } from '@/components/ui/data/filter-chips'
import { SearchInput } from '@/components/ui/fields/search-input'
import { Select } from '@/components/ui/fields/select'
import { EMAIL_STATUSES, type EmailStatus } from '@/domain/campaign/progress'
import { routes } from '@/routes'
import type { Progress } from '../../api-types'
import { EMAIL_STATUS } from '../../status/email-status'

type Address = { status: EmailStatus | null; step: number | null; search: string }

const ALWAYS: ReadonlySet<EmailStatus> = new Set(['pending', 'sent', 'failed'])
const ALL_STEPS = '0'

/** Search, step and state. Counts of states follow the step. */
export function EmailsFilters({
  campaignId,
  progress,
  address,
  choice,
  onSearch,
  onStep,
}: {
  campaignId: string
  progress: Progress
  address: Address
  choice: ColumnChoice
  onSearch: (search: string) => void
  onStep: (step: number | null) => void
}) {
  const { status, step, search } = address
  const ledger = progress.steps.find(({ stepNumber }) => stepNumber === step)?.ledger ?? progress.ledger
  const hrefOf = (to: EmailStatus | null) =>
    routes.campaign(campaignId, { tab: 'emails', status: to, step, search, columns: choice.said })
  const shown = EMAIL_STATUSES.filter((one) => ALWAYS.has(one) || one === status || ledger[one] > 0)
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <SearchInput label="Filter by lead or address" value={search} onValueChange={onSearch} />
      {progress.steps.length > 1 && (
        <Select
          aria-label="Step"
          className="w-full sm:w-[190px]"
          value={String(step ?? ALL_STEPS)}
          onValueChange={(next) => onStep(next === ALL_STEPS ? null : Number(next))}
          options={[
            { value: ALL_STEPS, label: 'All steps' },
            ...progress.steps.map(({ stepNumber, name }) => ({
              value: String(stepNumber),
              label: `Step ${stepNumber}: ${name}`,
            })),
          ]}
        />
      )}
      {progress.ledger.planned > 0 && (
        <ListTools choice={choice} views="emails">
          <ExportLink list="emails" campaign={campaignId} status={status} step={step} search={search} />
        </ListTools>
      )}
      <FilterChips
        wide
        label="Filter by state"
        current={hrefOf(status)}
        chips={[
          { label: 'All', href: hrefOf(null), count: ledger.planned },
          ...shown.map((one) => ({ label: EMAIL_STATUS[one].label, href: hrefOf(one), count: ledger[one] })),
        ]}
      />
    </div>
  )
}
