'use client'

import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/fields/checkbox'
import { Dialog } from '@/components/ui/overlays/dialog'
import { api } from '@/trpc/react'
import { CUSTOM_COLUMNS_AT_MOST, customColumn, customFieldsOf, LEAD_COLUMNS } from './lead-columns'

/** Which columns the list shows; a choice takes effect at once, and stands in the address. */
export function ColumnsDialog({
  columns,
  onChange,
  open,
  onOpenChange,
}: {
  columns: readonly string[]
  /** Null: the standard ones. */
  onChange: (columns: readonly string[] | null) => void
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  const custom = api.leads.customFields.useQuery(undefined, { enabled: open }).data ?? []
  const full = customFieldsOf(columns).length >= CUSTOM_COLUMNS_AT_MOST
  const toggle = (key: string, on: boolean) => onChange(on ? [...columns, key] : columns.filter((one) => one !== key))
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Columns"
      footer={
        <>
          <Button onClick={() => onChange(null)}>Standard columns</Button>
          <Button variant="primary" onClick={() => onOpenChange(false)}>
            Close
          </Button>
        </>
      }
    >
      <fieldset className="grid gap-1 sm:grid-cols-2">
        <legend className="mb-1 font-medium text-control">Details</legend>
        {Object.entries(LEAD_COLUMNS).map(([key, label]) => (
          <Checkbox
            key={key}
            label={label}
            checked={columns.includes(key)}
            onChange={({ target }) => toggle(key, target.checked)}
          />
        ))}
      </fieldset>
      {custom.length > 0 && (
        <fieldset className="mt-4 grid gap-1 sm:grid-cols-2">
          <legend className="mb-1 font-medium text-control">Custom fields</legend>
          {custom.map((name) => (
            <Checkbox
              key={name}
              label={name}
              checked={columns.includes(customColumn(name))}
              disabled={full && !columns.includes(customColumn(name))}
              onChange={({ target }) => toggle(customColumn(name), target.checked)}
            />
          ))}
        </fieldset>
      )}
    </Dialog>
  )
}
