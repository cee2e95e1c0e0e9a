'use client'

import { useState } from 'react'
import { useBatchChoices } from '@/components/lists/use-choices'
import { Button } from '@/components/ui/button'
import { Combobox } from '@/components/ui/fields/combobox'
import { Field } from '@/components/ui/fields/field'
import { Input } from '@/components/ui/fields/input'
import { Select } from '@/components/ui/fields/select'
import { formatOf } from '@/components/ui/numbers'
import { Dialog } from '@/components/ui/overlays/dialog'
import { LEAD_SOURCE_NAMES } from '../lead/lead-source-name'
import type { LeadFilters } from './filter-button'

const NONE: LeadFilters = { batch: null, source: null, addedFrom: null, addedTo: null }
const ANY = 'any'

/** Which leads the list shows: of a batch, of a source, added on some days. Takes effect on Apply. */
export function FilterDialog({
  filters,
  ofBatch,
  open,
  onOpenChange,
  onChange,
}: {
  filters: LeadFilters
  /** The list shows the leads of one batch anyhow. */
  ofBatch: boolean
  open: boolean
  onOpenChange: (open: boolean) => void
  onChange: (filters: LeadFilters) => void
}) {
  // While it is closed, what is in the address holds.
  const [edited, edit] = useState<LeadFilters | null>(null)
  const values = (open && edited) || filters
  const change = (part: Partial<LeadFilters>) => edit({ ...values, ...part })
  const batches = useBatchChoices(values.batch ? [values.batch] : [], { enabled: open && !ofBatch })
  const isBackwards = Boolean(values.addedFrom && values.addedTo && values.addedFrom > values.addedTo)
  const close = () => {
    edit(null)
    onOpenChange(false)
  }
  const apply = (next: LeadFilters) => {
    onChange(next)
    close()
  }
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => (next ? onOpenChange(true) : close())}
      title="Filter leads"
      footer={
        <>
          <Button onClick={() => apply(NONE)}>Clear filters</Button>
          <Button variant="primary" disabled={isBackwards} onClick={() => apply(values)}>
            Apply
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        {!ofBatch && (
          <Field label="Batch" optional>
            <Combobox
              options={(batches.rows ?? []).map((batch) => ({
                value: batch.id,
                label: batch.name,
                hint: formatOf(batch.leadCount, 'lead'),
              }))}
              value={values.batch}
              onValueChange={(batch) => change({ batch })}
              onTyped={batches.type}
              placeholder="Type to find a batch"
            />
          </Field>
        )}
        <Field label="Source" optional>
          <Select
            options={[
              { value: ANY, label: 'Any source' },
              ...Object.entries(LEAD_SOURCE_NAMES).map(([value, label]) => ({ value, label })),
            ]}
            value={values.source ?? ANY}
            onValueChange={(source) => change({ source: source === ANY ? null : source })}
          />
        </Field>
        <DayFields values={values} isBackwards={isBackwards} onChange={change} />
      </div>
    </Dialog>
  )
}

function DayFields({
  values,
  isBackwards,
  onChange,
}: {
  values: LeadFilters
  isBackwards: boolean
  onChange: (part: Partial<LeadFilters>) => void
}) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="Added from" optional hint="Days are those of UTC.">
        <Input
          type="date"
          value={values.addedFrom ?? ''}
          onChange={({ target }) => onChange({ addedFrom: target.value || null })}
        />
      </Field>
      <Field label="to" optional error={isBackwards && 'A day that is not before the first one.'}>
        <Input
          type="date"
          value={values.addedTo ?? ''}
          onChange={({ target }) => onChange({ addedTo: target.value || null })}
        />
      </Field>
    </div>
  )
}
